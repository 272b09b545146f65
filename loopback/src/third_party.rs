//! The fake third parties: every request is counted, then answered from what a test registered, from
//! `www/third-party/<name>/` or, for the five sites, from `www/policies/third-party/<name>/`.

use crate::answer::Answer;
use crate::files;
use crate::log::Request;
use crate::server::Shared;

pub(crate) fn answer(shared: &Shared, mut request: Request) -> Answer {
    let answer = shared
        .fake(&request.name, &request.path)
        .or_else(|| file(shared, &request))
        .unwrap_or_else(|| Answer::new("text/plain", "nothing here").status(404));
    request.sets = cookies_set(&answer);
    shared.third_parties.arrived(request);
    answer
}

/// The file that a fake answers with.
fn file(shared: &Shared, request: &Request) -> Option<Answer> {
    let www = &shared.options.www;
    let mut folders = ["third-party", "policies/third-party"].iter().map(|folder| www.join(folder).join(&request.name));
    files::is_name(&request.name).then(|| folders.find_map(|folder| files::answer(&folder, &request.path))).flatten()
}

fn cookies_set(answer: &Answer) -> Vec<String> {
    let set = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    set.filter_map(|(_, value)| value.split_once('=').map(|(name, _)| name.to_owned())).collect()
}
