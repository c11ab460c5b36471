//! `copydesk-dev kb`: generates people by the million, and times look-ups of them.

use std::fs;
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};

use crate::knowledge::{Base, fold};
use crate::newsroom;

/// Look-ups of a day in which somebody hovers over hundreds of names.
const HOVERS: u64 = 500;

#[derive(Debug, Subcommand)]
pub(super) enum Kb {
    /// Prints a table of generated people with two names each, for `copydesk kb build`. Always the same ones.
    Generate {
        /// How many names.
        names: u64,
    },
    /// Prints how long opening a base of generated people takes, what look-ups in it take, and the memory of it.
    Speed(Speed),
}

#[derive(Debug, Args)]
pub(super) struct Speed {
    /// The base.
    file: PathBuf,
    /// How many names were generated for it.
    names: u64,
    /// How many names to look up, and as many that are not there.
    #[arg(long, default_value_t = 100_000)]
    look_ups: u64,
}

impl Kb {
    pub fn run(&self) -> io::Result<()> {
        match self {
            Kb::Generate { names } => generate(*names),
            Kb::Speed(speed) => speed.run(),
        }
    }
}

fn generate(names: u64) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "id,kind,name,aliases,description,source")?;
    for number in 0..names / 2 {
        let person = Person::of(number);
        let (name, alias) = (person.name(), person.alias());
        let (place, office) = (&person.place, person.office);
        writeln!(
            out,
            "generated:{number},person,{name},{alias},{office} of {place},generated"
        )?;
    }
    out.flush()
}

/// An invented person.
struct Person {
    given: String,
    family: String,
    place: String,
    office: &'static str,
}

impl Person {
    /// The person of a number: always the same one.
    fn of(number: u64) -> Person {
        const OFFICES: [&str; 8] = [
            "mayor",
            "harbour master",
            "head teacher",
            "bishop",
            "keeper of the pier",
            "editor",
            "councillor",
            "trustee",
        ];
        let mut random = mixed(number);
        let mut word = |syllables: u64| {
            const HEADS: &[u8] = b"bdfghjklmnprstvz";
            const VOWELS: &[u8] = b"aeiou";
            let mut word = String::new();
            for _ in 0..syllables {
                word.push(char::from(HEADS[(random % 16) as usize]));
                word.push(char::from(VOWELS[(random / 16 % 5) as usize]));
                random = mixed(random);
            }
            word[..1].make_ascii_uppercase();
            word
        };
        Person {
            given: word(2),
            family: word(3) + "n",
            place: word(3),
            office: OFFICES[(number % 8) as usize],
        }
    }

    fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// Her name in full.
    fn alias(&self) -> String {
        format!("{} {} {}", self.given, self.place, self.family)
    }
}

/// A number that looks like chance: SplitMix64 (Steele, Lea and Flood, 2014).
fn mixed(number: u64) -> u64 {
    let mut number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

impl Speed {
    fn run(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let people = (self.names / 2).max(1);
        let present = |number: u64| Person::of(mixed(number) % people).alias();
        // No generated name has an x.
        let absent = |number: u64| Person::of(mixed(number)).name().replace('n', "x");
        let start = Instant::now();
        let base = newsroom::open(&self.file).map_err(io::Error::other)?;
        let opened = milliseconds(start.elapsed());
        writeln!(out, "{} records, {} names", base.records(), base.names())?;
        writeln!(out, "opened in {opened:.2} ms")?;
        writeln!(out, "memory after opening: {}", memory())?;
        let mut tell = |what: &str, count: u64, name: &dyn Fn(u64) -> String| {
            let (mut times, found) = look_up(&base, count, name)?;
            times.sort();
            let at = |part: usize| {
                times
                    .get(times.len() * part / 1000)
                    .copied()
                    .unwrap_or_default()
            };
            writeln!(
                out,
                "{count} {what}: {found} found; half in {:.1} µs, 99 % in {:.1} µs, 99.9 % in {:.1} µs; memory then: {}",
                microseconds(at(500)),
                microseconds(at(990)),
                microseconds(at(999)),
                memory()
            )
        };
        tell("first names", HOVERS, &present)?;
        tell("names", self.look_ups, &present)?;
        tell("names that are not there", self.look_ups, &absent)
    }
}

/// How long each of some look-ups takes, folding included, and how many find somebody.
fn look_up(
    base: &Base,
    count: u64,
    name: &dyn Fn(u64) -> String,
) -> io::Result<(Vec<Duration>, usize)> {
    let mut times = Vec::new();
    let mut found = 0;
    for number in 0..count {
        let name = name(number);
        let start = Instant::now();
        let records = black_box(base.find(&fold(&name)));
        times.push(start.elapsed());
        let records = records.map_err(|damage| io::Error::other(damage.to_string()))?;
        found += usize::from(!records.is_empty());
    }
    Ok((times, found))
}

/// The memory of this process that is resident, by its kinds, where the system tells.
fn memory() -> String {
    let status = fs::read_to_string(Path::new("/proc/self/status")).unwrap_or_default();
    let of = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
        Some(format!("{:.1} MB", kilobytes / 1024.0))
    };
    of("VmRSS:").unwrap_or_else(|| "not told".to_owned())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_always_the_same_and_seldom_share_a_name() {
        let names = |people: u64| (0..people).map(|number| Person::of(number).name());
        assert!(names(100).eq(names(100)));
        let mut all: Vec<String> = names(1000).collect();
        all.sort();
        all.dedup();
        assert!(all.len() > 990, "{}", all.len());
        assert!(all.iter().all(|name| !name.contains('x')));
    }
}
