//! A client that lies, floods, garbles and vanishes. Whatever it sends, each request is answered once, every answer is
//! well-formed, nothing panics, and the server ends by itself when its input does.
//!
//! `CHAOS_MESSAGES` and `CHAOS_SEED` set how many messages there are, and which.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::random::Random;

/// Messages unless told otherwise.
const MESSAGES: usize = 4_000;

/// Messages until a server is hung up on or killed.
const SESSION: usize = 500;

/// How long a server may take to end.
const PATIENCE: Duration = Duration::from_secs(60);

const TEXTS: [&str; 10] = [
    "“We will go,” said Mayor Ruth Okafor.\n\n",
    "Okafor ",
    "told reporters",
    "\"",
    "”",
    "\r\n\r\n",
    "🎣",
    "e\u{301}",
    "<p>**",
    "",
];

const REQUESTS: [&str; 12] = [
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/completion",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/inlayHint",
    "textDocument/codeAction",
    "textDocument/prepareRename",
    "textDocument/semanticTokens/full",
    "textDocument/noSuchMethod",
];

const GARBAGE: [&str; 7] = [
    "Content-Length: 99999999999999\r\n\r\n",
    "Content-Length: -3\r\n\r\n{}",
    "Content-Length: 900\r\n\r\n{\"jsonrpc\":",
    "Content-Length: 3\r\n\r\n{\"a\":1}",
    "Content-Length: 2\r\nContent-Type: a/b; charset=utf-16\r\n\r\n{}",
    "no header at all\r\n\r\n",
    "\0\u{FFFD}\n",
];

#[test]
fn whatever_a_client_does_each_request_is_answered_once() {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse().unwrap());
    let messages = number("CHAOS_MESSAGES").unwrap_or(MESSAGES);
    let mut random = Random::new(number("CHAOS_SEED").unwrap_or(1) as u64);
    let (mut sent, mut sessions, mut answers) = (0, 0, 0);
    while sent < messages {
        let mut session = Session::start(&mut random);
        for _ in 0..SESSION {
            session.misbehave(&mut random);
        }
        sent += session.sent;
        answers += session.end(sessions % 5 == 4);
        sessions += 1;
    }
    println!("{sent} messages in {sessions} sessions, {answers} answers");
}

/// One server and what has been asked of it.
struct Session {
    child: Child,
    stdin: ChildStdin,
    output: JoinHandle<()>,
    received: Arc<Mutex<Vec<Value>>>,
    log: JoinHandle<String>,
    /// Ids of well-formed requests that nothing has garbled.
    asked: Vec<i64>,
    /// The frame before this one was broken and may have swallowed what follows it.
    lost: bool,
    next_id: i64,
    sent: usize,
}

impl Session {
    fn start(random: &mut Random) -> Session {
        let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut stderr = child.stderr.take().unwrap();
        let is_slow = random.below(4) == 0;
        let received = Arc::new(Mutex::new(Vec::new()));
        let messages = Arc::clone(&received);
        let output = thread::spawn(move || {
            for count in 1.. {
                let Some(message) = read(&mut stdout) else {
                    return;
                };
                messages.lock().unwrap().push(message);
                if is_slow && count % 50 == 0 {
                    thread::sleep(Duration::from_millis(20));
                }
            }
        });
        let log = thread::spawn(move || {
            let mut log = Vec::new();
            stderr.read_to_end(&mut log).unwrap();
            String::from_utf8_lossy(&log).into_owned()
        });
        let mut session = Session {
            stdin: child.stdin.take().unwrap(),
            child,
            output,
            received,
            log,
            asked: Vec::new(),
            lost: false,
            next_id: 0,
            sent: 0,
        };
        let encodings = [json!(["utf-8"]), json!(["ebcdic"]), json!(null)];
        let encodings = &encodings[random.below(3)];
        session.request(
            "initialize",
            json!({"processId": null, "capabilities": {"general": {"positionEncodings": encodings}}}),
        );
        session.notify("initialized", json!({}));
        session
    }

    fn misbehave(&mut self, random: &mut Random) {
        let uri = format!("file:///chaos/{}.md", random.below(4));
        let text = TEXTS[random.below(TEXTS.len())].repeat(random.below(4));
        let position = json!({"line": line(random), "character": line(random)});
        let other = json!({"line": line(random), "character": line(random)});
        let range = json!({"start": position, "end": other});
        let version = random.below(9) as i64 - 2;
        match random.below(16) {
            0 => self.notify(
                "textDocument/didOpen",
                json!({"textDocument": {
                    "uri": uri, "languageId": "markdown", "version": version,
                    "text": text.repeat(8),
                }}),
            ),
            1 => self.notify(
                "textDocument/didClose",
                json!({"textDocument": {"uri": uri}}),
            ),
            2..=6 => self.notify(
                "textDocument/didChange",
                json!({
                    "textDocument": {"uri": uri, "version": version},
                    "contentChanges": [{"range": range, "text": text}],
                }),
            ),
            7 => {
                let id = self.next_id - random.below(3) as i64;
                self.notify("$/cancelRequest", json!({"id": id}));
            }
            8 => self.garble(GARBAGE[random.below(GARBAGE.len())]),
            9 => {
                let deep = 100 + random.below(5_000);
                let body = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
                self.body(&body);
            }
            10 => self.send(&json!({"jsonrpc": "2.0", "id": 99_999, "result": text})),
            11 => self.notify("textDocument/didChange", json!({"contentChanges": 7})),
            12 => self.notify(
                "workspace/didChangeConfiguration",
                json!({"settings": {"copydesk": {"house": text, "hints": []}}}),
            ),
            _ => self.request(
                REQUESTS[random.below(REQUESTS.len())],
                json!({
                    "textDocument": {"uri": uri}, "position": position, "range": range,
                    "context": {"diagnostics": [], "includeDeclaration": true},
                }),
            ),
        }
    }

    fn request(&mut self, method: &str, params: Value) {
        self.next_id += 1;
        let id = self.next_id;
        if !self.lost {
            self.asked.push(id);
        }
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn send(&mut self, message: &Value) {
        self.body(&message.to_string());
    }

    fn body(&mut self, body: &str) {
        self.bytes(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        self.lost = false;
    }

    /// Sends what is no frame, a stray end of a line behind it.
    fn garble(&mut self, bytes: &str) {
        self.bytes(bytes);
        self.bytes("\r\n");
        self.lost = true;
    }

    fn bytes(&mut self, bytes: &str) {
        self.sent += 1;
        self.stdin.write_all(bytes.as_bytes()).unwrap();
    }

    /// Hangs up or kills, and checks what has come. Returns how many answers there were.
    fn end(mut self, kill: bool) -> usize {
        let deadline = Instant::now() + PATIENCE;
        if kill {
            self.child.kill().unwrap();
        } else {
            // Behind garbage one frame may be lost, the one after it is read.
            self.notify("$/setTrace", json!({"value": "off"}));
            while let Some(id) = self.unanswered() {
                assert!(Instant::now() < deadline, "{id} is never answered");
                thread::sleep(Duration::from_millis(5));
            }
        }
        drop(self.stdin);
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the server does not end");
            thread::sleep(Duration::from_millis(5));
        }
        self.output.join().unwrap();
        let log = self.log.join().unwrap();
        let messages = self.received.lock().unwrap();
        assert!(!log.contains("panic"), "{log}");
        let mut answers: HashMap<i64, usize> = HashMap::new();
        for message in messages.iter() {
            assert_eq!(message["jsonrpc"], "2.0", "{message}");
            if message.get("method").is_some() {
                check_ranges(&message["params"]);
                continue;
            }
            let parts = [message.get("result"), message.get("error")];
            assert_eq!(parts.iter().flatten().count(), 1, "{message}");
            check_ranges(&message["result"]);
            if let Some(id) = message["id"].as_i64() {
                *answers.entry(id).or_default() += 1;
            }
        }
        assert!(answers.values().all(|&times| times == 1), "answered twice");
        answers.len()
    }

    /// A request without an answer.
    fn unanswered(&self) -> Option<i64> {
        let messages = self.received.lock().unwrap();
        let answered: HashSet<i64> = messages
            .iter()
            .filter(|message| message.get("method").is_none())
            .filter_map(|message| message["id"].as_i64())
            .collect();
        let mut open = (self.asked.iter()).filter(|id| !answered.contains(*id));
        open.next().copied()
    }
}

/// Small lines and columns mostly, and some that no draft has.
fn line(random: &mut Random) -> u32 {
    match random.below(12) {
        0 => u32::MAX,
        1 => 70_000,
        _ => random.below(40) as u32,
    }
}

/// Every range in an answer ends where it starts or later.
fn check_ranges(value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(check_ranges),
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let place = |at: &Value| Some((at["line"].as_u64()?, at["character"].as_u64()?));
                assert!(place(start) <= place(end), "{value}");
            }
            fields.values().for_each(check_ranges);
        }
        _ => {}
    }
}

/// Reads a frame; none where the server has been killed in the midst of one.
fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    stdout.read_line(&mut header).ok()?;
    let length = header
        .strip_prefix("Content-Length: ")?
        .strip_suffix("\r\n")?;
    let mut blank = String::new();
    stdout.read_line(&mut blank).ok()?;
    let mut body = vec![0; length.parse().unwrap()];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("a JSON text"))
}
