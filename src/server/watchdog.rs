//! Ends the server when the editor that started it is gone but the pipe to it stays open.

use std::path::PathBuf;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

/// How often the editor's process is looked for.
const INTERVAL: Duration = Duration::from_secs(2);

/// Returns when the process has ended. Never returns where that cannot be told: outside Linux, or for a process of
/// another machine or container.
pub(super) async fn ended(process: u32) {
    let Some(started) = start_time(process) else {
        return std::future::pending().await;
    };
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // A number may be given to another process, which then has another start time.
    while start_time(process).as_ref() == Some(&started) {
        ticks.tick().await;
    }
}

/// When a process started, as the system counts it; none if it does not run.
fn start_time(process: u32) -> Option<String> {
    let path: PathBuf = ["/proc", &process.to_string(), "stat"].iter().collect();
    let stat = std::fs::read_to_string(path).ok()?;
    // The name of the program stands in parentheses and may hold any character.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_ascii_whitespace();
    // proc(5): the first field after the name is the state, the twentieth the start time.
    let state = fields.next()?;
    if matches!(state, "Z" | "X" | "x") {
        return None;
    }
    fields.nth(18).map(str::to_owned)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn tells_whether_a_process_runs() {
        assert!(start_time(std::process::id()).is_some());
        assert_eq!(start_time(u32::MAX), None);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn never_gives_up_on_a_process_it_cannot_see() {
        let waited = tokio::time::timeout(Duration::from_millis(50), ended(u32::MAX)).await;
        assert!(waited.is_err());
    }
}
