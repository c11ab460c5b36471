//! Patterns for files: which are drafts, and which have settings of their own.

use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Files that are no drafts wherever they stand: what accompanies the text of a project, and what version control has
/// an editor open.
const NO_DRAFTS: [&str; 9] = [
    "{README,CHANGELOG,CHANGES,CONTRIBUTING,NOTICE,AUTHORS}",
    "{README,CHANGELOG,CHANGES,CONTRIBUTING,NOTICE,AUTHORS}.*",
    "{HISTORY,SECURITY,CODE_OF_CONDUCT}.md",
    "{LICENSE,LICENCE,COPYING}",
    "{LICENSE,LICENCE,COPYING}.*",
    "{LICENSE,LICENCE}-{MIT,APACHE,BSD,CC}*",
    "{requirements*,CMakeLists,robots}.txt",
    "{*_EDITMSG,MERGE_MSG}",
    "**/{.git,node_modules}/**",
];

/// A set of patterns, which start at a folder.
#[derive(Clone, Debug)]
pub(super) struct Globs {
    set: GlobSet,
}

impl Globs {
    /// Reads patterns. `*` and `?` stay within a name, `**` crosses folders; a pattern without a slash fits in any
    /// folder, one that ends with a slash fits all that the folder holds. The error is a sentence part.
    pub(super) fn new<'a>(
        patterns: impl IntoIterator<Item = &'a str>,
        any_case: bool,
    ) -> Result<Globs, String> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let mut whole = pattern.trim_start_matches("./").to_owned();
            if whole.ends_with('/') {
                whole.push_str("**");
            }
            if !whole.contains('/') {
                whole.insert_str(0, "**/");
            }
            let glob = GlobBuilder::new(whole.trim_start_matches('/'))
                .literal_separator(true)
                .case_insensitive(any_case)
                .build()
                .map_err(|error| format!("`{pattern}` is no pattern: {}", error.kind()))?;
            set.add(glob);
        }
        let set = set.build().map_err(|error| error.to_string())?;
        Ok(Globs { set })
    }

    /// Whether a file fits one of them. Of a file outside the folder only patterns that fit in any folder do.
    pub(super) fn fit(&self, folder: &Path, file: &Path) -> bool {
        let inside = file.strip_prefix(folder);
        let outside = || Path::new("..").join(file.file_name().unwrap_or_default());
        let inside = inside.map_or_else(|_| outside(), Path::to_owned);
        let inside: PathBuf = inside
            .components()
            .filter(|part| !matches!(part, Component::RootDir | Component::Prefix(_)))
            .collect();
        self.set.is_match(inside)
    }
}

/// Whether a file is none of those that are no drafts wherever they stand.
pub(super) fn may_be_draft(file: &Path) -> bool {
    static GLOBS: LazyLock<Option<Globs>> = LazyLock::new(|| Globs::new(NO_DRAFTS, true).ok());
    let globs = GLOBS.as_ref();
    globs.is_none_or(|globs| !globs.fit(Path::new(""), file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, fitting: &[&str], others: &[&str]) {
        let globs = Globs::new([pattern], false).unwrap();
        let fits = |file: &&&str| globs.fit(Path::new("/desk"), Path::new(file));
        assert_eq!(fitting.iter().find(|file| !fits(file)), None, "{pattern}");
        assert_eq!(others.iter().find(fits), None, "{pattern}");
    }

    #[test]
    fn patterns_start_at_the_folder() {
        check(
            "headlines/**",
            &["/desk/headlines/a.txt", "/desk/headlines/b/c.txt"],
            &["/desk/a.txt", "/desk/b/headlines/a.txt", "/headlines/a.txt"],
        );
        check("live/", &["/desk/live/a.txt"], &["/desk/live"]);
        check("/a.txt", &["/desk/a.txt"], &["/desk/b/a.txt", "/a.txt"]);
        check("./a/*.md", &["/desk/a/b.md"], &["/desk/a/b/c.md"]);
    }

    #[test]
    fn a_pattern_without_a_slash_fits_in_any_folder() {
        check(
            "*.md",
            &["/desk/a.md", "/desk/b/c.md", "/other/a.md"],
            &["/desk/a.txt"],
        );
        check(
            "{live,blog}-?.txt",
            &["/desk/live-1.txt"],
            &["/desk/live-10.txt"],
        );
    }

    #[test]
    fn a_wrong_pattern_is_named() {
        let error = Globs::new(["a/["], false).unwrap_err();
        assert!(error.starts_with("`a/[` is no pattern: "), "{error}");
    }

    #[test]
    fn what_goes_with_a_project_is_no_draft() {
        for file in [
            "/a/README.md",
            "/a/Readme",
            "/a/CHANGELOG.txt",
            "/a/LICENSE-MIT",
            "/a/.git/COMMIT_EDITMSG",
            "/a/.git/x/TAG_EDITMSG",
            "/a/requirements-dev.txt",
            "/a/node_modules/b/c.md",
        ] {
            assert!(!may_be_draft(Path::new(file)), "{file}");
        }
        for file in [
            "/a/read.md",
            "/a/license-vote.txt",
            "/a/changes-at-the-port.txt",
            "b.txt",
        ] {
            assert!(may_be_draft(Path::new(file)), "{file}");
        }
    }
}
