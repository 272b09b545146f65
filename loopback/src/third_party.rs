//! The fake third parties: every request is counted, then answered from what a test registered or from
//! `www/third-party/<name>/`.

use crate::answer::Answer;
use crate::files;
use crate::log::Request;
use crate::server::Shared;

pub(crate) fn answer(shared: &Shared, mut request: Request) -> Answer {
    let folder = shared.options.www.join("third-party").join(&request.name);
    let answer = shared
        .fake(&request.name, &request.path)
        .or_else(|| files::is_name(&request.name).then(|| files::answer(&folder, &request.path)).flatten())
        .unwrap_or_else(|| Answer::new("text/plain", "nothing here").status(404));
    request.sets = cookies_set(&answer);
    shared.third_parties.arrived(request);
    answer
}

fn cookies_set(answer: &Answer) -> Vec<String> {
    let set = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    set.filter_map(|(_, value)| value.split_once('=').map(|(name, _)| name.to_owned())).collect()
}
