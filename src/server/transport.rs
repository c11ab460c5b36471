//! Between the byte streams and the service: a thread that reads, a thread that writes, a loop that dispatches.
//!
//! The framework's own loop is not used. It ends at the first frame that it cannot decode, and it stops reading, the
//! client's answers included, when a hundred messages wait. This loop never waits for a handler or for the client: a
//! handler runs up to its first wait at once, in the order of the messages, and then on a task of its own.
//! Only whole frames are written, by one thread, so that they cannot be interleaved.

use std::io::{self, BufReader, Write};
use std::panic::AssertUnwindSafe;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use futures_util::{FutureExt, SinkExt, StreamExt};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::timeout;
use tower_lsp::jsonrpc::{Error, Request, Response};
use tower_lsp::{ClientSocket, LspService};
use tower_service::Service;

use super::Backend;
use super::frame::{self, Frames};
use super::message::Incoming;

/// How many messages wait to be dispatched, and how many frames to be written, before their senders wait.
const QUEUE: usize = 64;

/// How long requests are still answered when the client has said its last.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Reads messages from standard input until it ends.
pub(super) fn read() -> mpsc::Receiver<Incoming> {
    let (incoming, messages) = mpsc::channel(QUEUE);
    thread::spawn(move || {
        let mut frames = Frames::new(BufReader::with_capacity(64 << 10, io::stdin()));
        loop {
            match frames.next() {
                Ok(Some(frame)) => {
                    if incoming.blocking_send(frame.into()).is_err() {
                        return;
                    }
                }
                Ok(None) => return,
                Err(error) => return tracing::warn!("standard input cannot be read: {error}"),
            }
        }
    });
    messages
}

/// Writes frames to standard output until their last sender is dropped or nobody reads any more.
pub(super) fn write() -> (Outgoing, Writer) {
    let (outgoing, mut frames) = mpsc::channel::<Vec<u8>>(QUEUE);
    let (working, ended) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let _dropped_at_the_end: std::sync::mpsc::Sender<()> = working;
        let mut stdout = io::stdout().lock();
        while let Some(frame) = frames.blocking_recv() {
            if let Err(error) = stdout.write_all(&frame).and_then(|()| stdout.flush()) {
                tracing::warn!("standard output cannot be written: {error}");
                break;
            }
        }
    });
    (Outgoing(outgoing), Writer(ended))
}

/// The thread that writes.
#[derive(Debug)]
pub(super) struct Writer(std::sync::mpsc::Receiver<()>);

impl Writer {
    /// Waits until all has been written, at most for the time given.
    pub(super) fn wait(self, time: Duration) {
        let _ = self.0.recv_timeout(time);
    }
}

/// The way to the client.
#[derive(Clone, Debug)]
pub(super) struct Outgoing(mpsc::Sender<Vec<u8>>);

impl Outgoing {
    /// Returns when nobody reads any more.
    pub(super) async fn closed(&self) {
        self.0.closed().await;
    }

    /// Sends a message, waiting while the client does not read.
    async fn send(&self, message: &impl Serialize) {
        if let Ok(frame) = frame::encode(message) {
            let _ = self.0.send(frame).await;
        }
    }

    /// Sends an answer without making the caller wait.
    fn answer(&self, answer: Option<Response>) {
        let Some(Ok(frame)) = answer.map(|answer| frame::encode(&answer)) else {
            return;
        };
        if let Err(TrySendError::Full(frame)) = self.0.try_send(frame) {
            let outgoing = self.0.clone();
            tokio::spawn(async move { outgoing.send(frame).await });
        }
    }
}

/// Serves messages until they end, or `exit` comes. What is being answered then is still answered, if it does not take
/// long.
pub(super) async fn serve(
    mut service: LspService<Backend>,
    socket: ClientSocket,
    mut messages: mpsc::Receiver<Incoming>,
    outgoing: &Outgoing,
) {
    let (mut requests, mut responses) = socket.split();
    let to_client = outgoing.clone();
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            to_client.send(&request).await;
        }
    });
    let (working, mut idle) = mpsc::channel(1);
    while let Some(message) = messages.recv().await {
        match message {
            Incoming::Refused(refusal) => outgoing.answer(Some(refusal)),
            Incoming::Response(response) => {
                let _ = responses.send(response).await;
            }
            Incoming::Request(request) => {
                let is_exit = request.method() == "exit";
                dispatch(&mut service, request, outgoing, &working).await;
                if is_exit {
                    break;
                }
            }
        }
    }
    drop(working);
    if timeout(LAST_WORDS, idle.recv()).await.is_err() {
        tracing::debug!("requests were left without an answer at the end");
    }
}

/// Never sent: its senders tell by being there that an answer is still to come.
#[derive(Debug)]
enum Never {}

/// Runs a handler up to its first wait, and leaves the rest to a task.
async fn dispatch(
    service: &mut LspService<Backend>,
    request: Request,
    outgoing: &Outgoing,
    working: &mpsc::Sender<Never>,
) {
    let id = request.id().cloned();
    let call = AssertUnwindSafe(service.call(request)).catch_unwind();
    let mut call = Box::pin(call.map(move |result| match result {
        Ok(answer) => answer.ok().flatten(),
        Err(_) => id.map(|id| Response::from_error(id, Error::internal_error())),
    }));
    match std::future::poll_fn(|cx| Poll::Ready(call.as_mut().poll(cx))).await {
        Poll::Ready(answer) => outgoing.answer(answer),
        Poll::Pending => {
            let (outgoing, working) = (outgoing.clone(), working.clone());
            tokio::spawn(async move {
                if let Some(answer) = call.await {
                    outgoing.send(&answer).await;
                }
                drop(working);
            });
        }
    }
}
