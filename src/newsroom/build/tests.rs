//! Builds into a folder of their own: what is built, what is left, and what is told.

use super::*;
use crate::knowledge::{Name, fold};
use crate::newsroom::open;

fn record(id: &str, name: &str) -> Record {
    Record {
        id: id.to_owned(),
        names: vec![Name {
            text: name.to_owned(),
            ..Name::default()
        }],
        description: format!("{name}, by the pier"),
        ..Record::default()
    }
}

/// Builds a base of inputs, each of (id, name); an id of "!" is an entry that cannot be read.
fn build_of(out: &Path, strict: bool, inputs: &[&[(&str, &str)]]) -> Result<Built, String> {
    let feed = |intake: &mut Intake<'_>| {
        for (input, entries) in inputs.iter().enumerate() {
            for (line, (id, name)) in entries.iter().enumerate() {
                let entry = match *id {
                    "!" => Err((*name).to_owned()),
                    id => Ok(record(id, name)),
                };
                intake.take(input, line + 1, entry);
            }
        }
        Ok(())
    };
    build(out, strict, feed, &mut |_| {})
}

/// The ids of the records that bear a name.
fn found(path: &Path, name: &str) -> Vec<String> {
    let base = open(path).unwrap();
    let found = base.find(&fold(name)).unwrap();
    found.into_iter().map(|(record, _)| record.id).collect()
}

/// The names of the files in a folder.
fn files(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    let name = |file: io::Result<fs::DirEntry>| file.unwrap().file_name();
    let mut files: Vec<String> = files
        .map(|file| name(file).to_string_lossy().into())
        .collect();
    files.sort();
    files
}

#[test]
fn a_file_holds_what_memory_would() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("who.kb");
    let records: Vec<Record> = (0..5000)
        .map(|i| record(&i.to_string(), &format!("Ruth {}", i * 7919 % 3001)))
        .collect();
    let feed = |intake: &mut Intake<'_>| {
        for (line, record) in records.iter().enumerate() {
            intake.take(0, line + 1, Ok(record.clone()));
        }
        Ok(())
    };
    let mut bytes = Vec::new();
    for room in [1 << 12, ROOM] {
        let built = within(room, &out, false, feed, &mut |_| {}).unwrap();
        assert_eq!((built.records, built.names), (5000, 5000));
        bytes.push(fs::read(&out).unwrap());
        assert_eq!(built.bytes, bytes[0].len() as u64);
        assert_eq!(files(folder.path()), ["who.kb"]);
    }
    assert_eq!(bytes[0], bytes[1]);
    let in_memory = Base::of("who.kb", records.clone());
    let stored = open(&out).unwrap();
    assert_eq!(stored.title(), "who.kb");
    for key in (0..3100).map(|i| format!("ruth {i}")) {
        assert_eq!(stored.find(&key), in_memory.find(&key));
    }
    assert_eq!(
        stored.starting_with("ruth 2", 500),
        in_memory.starting_with("ruth 2", 500)
    );
}

#[test]
fn a_later_file_corrects_an_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("who.kb");
    let built = build_of(
        &out,
        false,
        &[
            &[
                ("1", "Ruth"),
                ("2", "Tom"),
                ("2", "Tom the younger"),
                ("", "Ada"),
                ("", "Ada"),
            ],
            &[("2", "Thomas"), ("3", "Ruth")],
            &[("2", "Thomas"), ("2", "Thomas")],
        ],
    );
    assert_eq!(
        built,
        Ok(Built {
            records: 6,
            names: 6,
            bytes: fs::metadata(&out).unwrap().len(),
            replaced: 3,
            shared: 1,
            rejected: 0,
        })
    );
    assert_eq!(found(&out, "Ruth"), ["1", "3"]);
    assert_eq!(found(&out, "Thomas"), ["2", "2"]);
    assert_eq!(found(&out, "Ada"), ["", ""]);
    assert_eq!(found(&out, "Tom"), [""; 0]);
    assert_eq!(found(&out, "Tom the younger"), [""; 0]);
}

#[test]
fn what_is_rejected_is_named_by_input_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("who.kb");
    let mut rejected = Vec::new();
    let feed = |intake: &mut Intake<'_>| {
        intake.take(0, 1, Ok(record("1", "Ruth")));
        intake.take(0, 2, Err("has no date".to_owned()));
        intake.take(1, 7, Ok(record("2", " . ")));
        intake.take(1, 8, Ok(record("3", &"x".repeat(17 << 20))));
        Ok(())
    };
    let built = build(&out, false, feed, &mut |notice| {
        if let Notice::Rejected {
            input,
            line,
            reason,
        } = notice
        {
            rejected.push(format!("{input}:{line}: {reason}"));
        }
    });
    assert_eq!(
        built.map(|built| (built.records, built.rejected)),
        Ok((1, 3))
    );
    assert_eq!(
        rejected,
        [
            "0:2: has no date",
            "1:7: has no name",
            "1:8: is longer than 16 MB"
        ]
    );
}

#[test]
fn what_fails_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("who.kb");
    build_of(&out, false, &[&[("1", "Ruth")]]).unwrap();
    let before = fs::read(&out).unwrap();
    let broken = |intake: &mut Intake<'_>| {
        intake.take(0, 1, Ok(record("2", "Tom")));
        Err("people.csv: breaks off".to_owned())
    };
    let error = build(&out, false, broken, &mut |_| {}).unwrap_err();
    assert_eq!(error, "people.csv: breaks off");
    let error = build_of(&out, true, &[&[("2", "Tom"), ("!", "has no date")]]).unwrap_err();
    assert!(
        error.ends_with("who.kb: not built, because of rejected entries: 1"),
        "{error}"
    );
    assert_eq!(fs::read(&out).unwrap(), before);
    assert_eq!(files(folder.path()), ["who.kb"]);
    let nowhere = folder.path().join("none/who.kb");
    let error = build_of(&nowhere, false, &[&[]]).unwrap_err();
    assert!(error.contains("who.kb: cannot be written: "), "{error}");
    let error = build_of(folder.path(), false, &[&[]]).unwrap_err();
    assert!(error.contains(": cannot be written: "), "{error}");
    assert_eq!(files(folder.path()), ["who.kb"]);
}

#[test]
fn only_a_base_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("people.csv");
    fs::write(&list, "name\nRuth Okafor\n").unwrap();
    let error = build_of(&list, false, &[&[("1", "Ruth")]]).unwrap_err();
    assert!(
        error.ends_with("what is there is not a knowledge base"),
        "{error}"
    );
    assert_eq!(fs::read(&list).unwrap(), b"name\nRuth Okafor\n");
    let out = folder.path().join("who.kb");
    for before in [&b""[..], b"copydesk\0\0\0\0 of another day"] {
        fs::write(&out, before).unwrap();
        build_of(&out, false, &[&[("1", "Ruth")]]).unwrap();
        assert_eq!(found(&out, "Ruth"), ["1"]);
    }
}

#[cfg(unix)]
#[test]
fn a_base_in_use_may_be_replaced_and_links_stay_links() {
    let folder = tempfile::tempdir().unwrap();
    let (out, link) = (folder.path().join("who.kb"), folder.path().join("link.kb"));
    build_of(&out, false, &[&[("1", "Ruth")]]).unwrap();
    std::os::unix::fs::symlink(&out, &link).unwrap();
    let old = open(&link).unwrap();
    build_of(&link, false, &[&[("2", "Ruth")]]).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(old.find("ruth").unwrap()[0].0.id, "1");
    assert_eq!(found(&out, "Ruth"), ["2"]);
}

#[test]
fn a_base_cut_short_while_it_is_open_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("who.kb");
    build_of(&out, false, &[&[("1", "Ruth")]]).unwrap();
    let base = open(&out).unwrap();
    File::options()
        .write(true)
        .open(&out)
        .unwrap()
        .set_len(80)
        .unwrap();
    assert!(base.find("ruth").is_err());
    assert!(base.damage().is_some());
    let error = open(&out).unwrap_err();
    assert!(
        error.contains("who.kb: is cut short after 80 of "),
        "{error}"
    );
}

#[test]
fn what_cannot_be_opened_has_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let line = |name: &str| open(&folder.path().join(name)).unwrap_err();
    assert!(line("none.kb").ends_with("none.kb: no such file"));
    assert!(line("").ends_with("is a directory"));
    fs::write(folder.path().join("people.csv"), "name\n").unwrap();
    assert!(line("people.csv").ends_with("people.csv: is not a knowledge base"));
}
