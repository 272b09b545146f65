//! The two servers: started together, stopped together.

use crate::answer::{Answer, Pause};
use crate::log::{Log, Request, Seen};
use crate::placeholders::Addresses;
use crate::{Options, site, third_party};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, HeaderMap, REFERER};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, Uri};
use axum::serve::ListenerExt;
use futures_util::stream::{self, StreamExt};
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// What both servers know.
pub(crate) struct Shared {
    pub(crate) options: Options,
    pub(crate) addresses: Addresses,
    pub(crate) site: Log,
    pub(crate) third_parties: Log,
    stopped: watch::Receiver<()>,
    pages: Mutex<HashMap<String, Answer>>,
    fakes: Mutex<HashMap<(String, String), Answer>>,
}

impl Shared {
    /// Returns when the servers are to stop: when [`Running`], which holds the only sender, is gone.
    pub(crate) async fn stopped(&self) {
        // Nothing is ever sent, so that the only news is the end.
        let _ = self.stopped.clone().changed().await;
    }

    pub(crate) fn register_page(&self, path: &str, answer: Answer) {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), answer);
    }

    pub(crate) fn register_fake(&self, name: &str, path: &str, answer: Answer) {
        let key = (name.to_owned(), path.to_owned());
        self.fakes.lock().unwrap_or_else(PoisonError::into_inner).insert(key, answer);
    }

    pub(crate) fn page(&self, path: &str) -> Option<Answer> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    pub(crate) fn fake(&self, name: &str, path: &str) -> Option<Answer> {
        let key = (name.to_owned(), path.to_owned());
        self.fakes.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }
}

/// Both servers while they run.
pub(crate) struct Running {
    shared: Arc<Shared>,
    /// Held, not used: see [`Shared::stopped`].
    _stop: watch::Sender<()>,
}

impl Running {
    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Running").field("addresses", &self.shared.addresses).finish_non_exhaustive()
    }
}

pub(crate) async fn start(options: Options) -> io::Result<Running> {
    let site = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let third_parties = TcpListener::bind((Ipv4Addr::LOCALHOST, options.third_party_port)).await?;
    let addresses =
        Addresses { site_port: site.local_addr()?.port(), third_party_port: third_parties.local_addr()?.port() };
    let (stop, stopped) = watch::channel(());
    let shared = Arc::new(Shared {
        options,
        addresses,
        site: Log::new(),
        third_parties: Log::new(),
        stopped,
        pages: Mutex::default(),
        fakes: Mutex::default(),
    });
    serve(site, Arc::clone(&shared), |shared| &shared.site, Router::new().fallback(site_request));
    serve(third_parties, Arc::clone(&shared), |shared| &shared.third_parties, Router::new().fallback(fake_request));
    Ok(Running { shared, _stop: stop })
}

fn serve(listener: TcpListener, shared: Arc<Shared>, log: fn(&Shared) -> &Log, router: Router<Arc<Shared>>) {
    let counted = Arc::clone(&shared);
    let listener = listener.tap_io(move |stream| {
        // Small answers go out at once; where the option cannot be set they are only slower.
        let _ = stream.set_nodelay(true);
        log(&counted).connected();
    });
    let ending = Arc::clone(&shared);
    let stop = async move { ending.stopped().await };
    let serving = axum::serve(listener, router.with_state(shared)).with_graceful_shutdown(stop);
    tokio::spawn(async move { serving.await });
}

async fn site_request(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let request = describe(&method, &uri, &headers, &body);
    let (cookies, gpc) = (request.cookies.clone(), request.gpc.as_deref() == Some("1"));
    let answer = site::answer(&shared, request).await.told(&cookies, gpc);
    respond(&shared, answer).await
}

async fn fake_request(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let request = describe(&method, &uri, &headers, &body);
    let answer = third_party::answer(&shared, request);
    respond(&shared, answer).await
}

fn describe(method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Request {
    let text = |name: &str| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    // A forward proxy is sent the whole address, and then that names the host.
    let host = uri.authority().map(ToString::to_string).or_else(|| text(HOST.as_str())).unwrap_or_default();
    let bare = host.split_once(':').map_or(host.as_str(), |(name, _)| name);
    Request {
        order: 0,
        time: 0,
        name: bare.strip_suffix(".localhost").unwrap_or(bare).to_owned(),
        method: method.to_string(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        cookies: text(COOKIE.as_str()).unwrap_or_default(),
        sets: Vec::new(),
        referer: text(REFERER.as_str()),
        destination: text("sec-fetch-dest"),
        gpc: text("sec-gpc"),
        body: String::from_utf8_lossy(body).into_owned(),
        host,
    }
}

async fn respond(shared: &Arc<Shared>, answer: Answer) -> Response<Body> {
    if !answer.delay.is_zero() {
        // A slow answer must not keep a stopped server alive.
        let _ = tokio::time::timeout(answer.delay, shared.stopped()).await;
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // Every load asks again, so that counts mean loads; `no-store` would switch the back/forward cache off.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(kind) = HeaderValue::from_str(&answer.content_type) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    for (name, value) in &answer.headers {
        let value = shared.addresses.replace(value);
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name.as_str()), HeaderValue::try_from(value)) {
            if name == CACHE_CONTROL {
                response.headers_mut().insert(name, value);
            } else {
                response.headers_mut().append(name, value);
            }
        }
    }
    if answer.hangs_up {
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("99"));
        let killed = io::Error::new(io::ErrorKind::ConnectionReset, "killed");
        *response.body_mut() = Body::from_stream(stream::once(async { Err::<String, _>(killed) }));
        return response;
    }
    *response.body_mut() = match std::str::from_utf8(&answer.body) {
        Ok(text) if answer.is_text() => in_pieces(shared, shared.addresses.replace(text), answer.pause),
        Ok(_) | Err(_) => Body::from(answer.body),
    };
    response
}

/// The text as a body: whole, or what comes before the pause and then what comes after it.
fn in_pieces(shared: &Arc<Shared>, text: String, pause: Option<Pause>) -> Body {
    let split = pause.and_then(|pause| Some((text.find(&pause.mark)? + pause.mark.len(), pause)));
    let Some((at, pause)) = split else { return Body::from(text) };
    let asked = move |seen: &Seen| seen.requests.iter().filter(|request| request.path == pause.path).count();
    let (early, late) = text.split_at(at);
    let (early, late) = (early.to_owned(), late.to_owned());
    let (shared, before) = (Arc::clone(shared), asked(&shared.site.seen()));
    let late = async move {
        // Whether it was asked for or the time was over: the page goes on.
        let _ = shared.site.wait_for(|seen| asked(seen) > before, pause.patience).await;
        Ok(late)
    };
    Body::from_stream(stream::iter([Ok::<_, io::Error>(early)]).chain(stream::once(late)))
}
