//! A small editor: speaks the protocol with the real binary over its standard streams, and waits for what it expects.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything that must come is waited for.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The code of the error for a request that an edit has overtaken, or whose analysis is late.
pub const CONTENT_MODIFIED: i64 = -32801;

/// The draft that most tests edit.
pub const URI: &str = "file:///drafts/pier.txt";

/// One running server.
pub struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    /// While this is locked nothing that the server sends is read.
    ears: Arc<Mutex<()>>,
    /// Messages that came while another was waited for.
    kept: Vec<Value>,
    next_id: i64,
}

impl Client {
    /// Starts the server; says nothing.
    pub fn spawn() -> Client {
        let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (messages, incoming) = channel();
        let ears = Arc::new(Mutex::new(()));
        let open_ears = Arc::clone(&ears);
        thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                drop(open_ears.lock());
                if messages.send(message).is_err() {
                    return;
                }
            }
        });
        Client {
            stdin: child.stdin.take(),
            child,
            incoming,
            ears,
            kept: Vec::new(),
            next_id: 0,
        }
    }

    /// Starts the server and opens the session, as a client that can do everything.
    pub fn start() -> Client {
        Client::start_with(json!({
            "capabilities": {
                "general": {"positionEncodings": ["utf-8", "utf-16"]},
                "workspace": {"workspaceEdit": {"documentChanges": true}},
                "textDocument": {
                    "publishDiagnostics": {"relatedInformation": true},
                    "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
                    "hover": {"contentFormat": ["markdown"]},
                    "codeAction": {"codeActionLiteralSupport": {
                        "codeActionKind": {"valueSet": ["quickfix"]}
                    }},
                },
            },
        }))
    }

    /// Starts the server and opens the session with these params.
    pub fn start_with(mut params: Value) -> Client {
        let mut client = Client::spawn();
        params
            .as_object_mut()
            .unwrap()
            .entry("processId")
            .or_insert(Value::Null);
        client.call("initialize", params);
        client.notify("initialized", json!({}));
        client
    }

    /// What to lock so that nothing is read which the server sends.
    pub fn ears(&self) -> Arc<Mutex<()>> {
        Arc::clone(&self.ears)
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    /// Sends a body as a frame.
    pub fn send_body(&mut self, body: &[u8]) {
        let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        frame.extend_from_slice(body);
        self.send_bytes(&frame);
    }

    pub fn send(&mut self, message: &Value) {
        self.send_body(message.to_string().as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and returns its id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The answer to a request, whole.
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait_for(|message| message["id"] == id && message.get("method").is_none())
    }

    /// Sends a request and returns the result that it must have. It is sent again, as an editor does, while the answer
    /// is that the analysis is late: on a busy machine it may be.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        loop {
            let id = self.request(method, params.clone());
            let mut answer = self.answer(id);
            if answer["error"]["code"] == CONTENT_MODIFIED {
                continue;
            }
            assert!(answer.get("error").is_none(), "{method}: {answer}");
            return answer["result"].take();
        }
    }

    /// The error that is answered to what has no id.
    pub fn refusal(&mut self) -> i64 {
        let refusal =
            self.wait_for(|message| message.get("error").is_some() && message["id"].is_null());
        refusal["error"]["code"].as_i64().unwrap()
    }

    pub fn open(&mut self, uri: &str, version: i32, text: &str) {
        self.notify(
            "textDocument/didOpen",
            json!({"textDocument": {
                "uri": uri, "languageId": "plaintext", "version": version, "text": text,
            }}),
        );
    }

    /// Edits a draft: `[line, column, end line, end column]` and the text that comes instead.
    pub fn edit(&mut self, uri: &str, version: i32, range: [u32; 4], text: &str) {
        let [line, character, end_line, end_character] = range;
        self.notify(
            "textDocument/didChange",
            json!({
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{
                    "range": {
                        "start": {"line": line, "character": character},
                        "end": {"line": end_line, "character": end_character},
                    },
                    "text": text,
                }],
            }),
        );
    }

    pub fn close(&mut self, uri: &str) {
        self.notify(
            "textDocument/didClose",
            json!({"textDocument": {"uri": uri}}),
        );
    }

    /// The next list of findings for a draft.
    pub fn published(&mut self, uri: &str) -> Value {
        let mut publish = self.wait_for(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
        });
        publish["params"].take()
    }

    /// The list of findings for a version of a draft; those of versions before it are passed over.
    pub fn published_version(&mut self, uri: &str, version: i32) -> Value {
        loop {
            let publish = self.published(uri);
            if publish["version"] == version {
                return publish;
            }
        }
    }

    /// The list of findings that stands when nothing has been published for longer than drafts take to settle.
    pub fn settled(&mut self, uri: &str) -> Value {
        let mut last = Value::Null;
        while let Some(publish) = self.find(Duration::from_secs(3), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
        }) {
            last = publish["params"].clone();
        }
        last
    }

    /// Asks for a hover at the start of a draft, to show that the server still answers.
    pub fn assert_alive(&mut self) {
        self.call(
            "textDocument/hover",
            json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}),
        );
    }

    /// Closes the server's standard input.
    pub fn hang_up(&mut self) {
        self.stdin = None;
    }

    /// The exit code of the server, which must end by itself.
    pub fn exit_code(&mut self) -> i32 {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap();
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the server is still alive");
    }

    /// The next message that fits, which must come.
    pub fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        self.find(PATIENCE, fits)
            .expect("the server did not send it")
    }

    /// The next message that fits, if one comes within a time.
    pub fn find(&mut self, time: Duration, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        if let Some(index) = self.kept.iter().position(&fits) {
            return Some(self.kept.remove(index));
        }
        let deadline = Instant::now() + time;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.incoming.recv_timeout(left) {
                Ok(message) if fits(&message) => return Some(message),
                Ok(message) => self.kept.push(message),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads a frame; the server's own are strict.
fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    stdout.read_line(&mut header).ok()?;
    let length = header.strip_prefix("Content-Length: ")?.trim_end();
    let mut blank = String::new();
    stdout.read_line(&mut blank).ok()?;
    assert_eq!(blank, "\r\n");
    let mut body = vec![0; length.parse().unwrap()];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}
