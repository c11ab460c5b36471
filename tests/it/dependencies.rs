//! What the binary is built from: nothing that reaches a network or starts a program, and only under known licences.

use std::process::Command;

use serde_json::Value;

/// Crates that open connections or speak over them.
const NETWORK: &[&str] = &[
    "async-std",
    "curl",
    "curl-sys",
    "h2",
    "hyper",
    "isahc",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "surf",
    "tungstenite",
    "ureq",
];

/// Features of the runtime that would bring connections and programs in.
const RUNTIME: &[&str] = &["full", "net", "process"];

#[test]
fn no_dependency_reaches_a_network() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal"])
        .args(["--prefix", "none", "--format", "{p} {f}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let problem = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{problem}");
    let tree = String::from_utf8(tree.stdout).unwrap();
    let mut runtime = false;
    for line in tree.lines() {
        let mut words = line.split(' ');
        let name = words.next().unwrap();
        assert!(!NETWORK.contains(&name), "{line}");
        if name == "tokio" {
            runtime = true;
            let features = line.rsplit(' ').next().unwrap_or_default();
            let mut features = features.split(',');
            assert!(!features.any(|one| RUNTIME.contains(&one)), "{line}");
        }
    }
    assert!(runtime, "the tree has no tokio:\n{tree}");
}

#[test]
fn every_licence_is_on_the_list() {
    let deny: toml::Table = include_str!("../../deny.toml").parse().unwrap();
    let allowed: Vec<&str> = (deny["licenses"]["allow"].as_array().unwrap().iter())
        .map(|licence| licence.as_str().unwrap())
        .collect();
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--all-features"])
        .args(["--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let problem = String::from_utf8_lossy(&metadata.stderr);
    assert!(metadata.status.success(), "{problem}");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let mut used: Vec<&str> = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let (name, licence) = (&package["name"], package["license"].as_str());
        let licence = licence.unwrap_or_else(|| panic!("{name} names no licence"));
        // Each part joined by AND must allow a choice that is on the list. `/` is how OR was once written.
        for part in licence.split(" AND ") {
            let part = part.trim_matches(['(', ')']).replace('/', " OR ");
            let choice =
                (allowed.iter()).find(|one| part.split(" OR ").any(|other| other == **one));
            used.push(choice.unwrap_or_else(|| panic!("{name} is under {licence}")));
        }
    }
    let idle = allowed.iter().find(|licence| !used.contains(licence));
    assert_eq!(idle, None, "is on the list for nothing");
}
