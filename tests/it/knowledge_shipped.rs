//! The base that ships is made of its lists. `UPDATE_EXPECT=1` writes it anew.

use std::fs;
use std::path::Path;

use copydesk::knowledge::Knowledge;

#[test]
fn the_base_that_ships_is_made_of_its_lists() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/knowledge/shipped.base");
    let fresh = Knowledge::written_lists();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    assert!(
        fs::read(&path).unwrap() == fresh,
        "src/knowledge/shipped.base is stale: UPDATE_EXPECT=1 cargo test --test it knowledge_shipped"
    );
}

#[test]
fn it_opens() {
    assert!(!Knowledge::shipped().find("IRNA").is_empty());
}
