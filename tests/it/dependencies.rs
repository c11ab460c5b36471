//! What the binary is built from: nothing that reaches a network or starts a program.

use std::process::Command;

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
