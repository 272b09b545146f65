//! Every promise of Consentry, in every engine. Each file states one promise and keeps it on pages of its own.

use consentry_browser_tests::run;
use std::process::ExitCode;

#[path = "../policies/mod.rs"]
mod policies;

/// Declares the files and lists their promises; those of the five policies come after.
macro_rules! files {
    ($($file:ident),+ $(,)?) => {
        $(mod $file;)+

        fn main() -> ExitCode {
            run(&[$($file::PROMISES,)+ &policies::promises()].concat())
        }
    };
}

files![
    harness,
    no_request_before_yes,
    unmarked_third_parties,
    reject_is_kept,
    accept_releases_in_order,
    partial_choice,
    withdraw_and_reload,
    returning_visitor,
    consent_cannot_be_forged,
    data_consentry_grant,
    release_trust,
    late_listeners,
    document_write,
    names_of_a_site,
    negated_condition,
    wrong_markup_warns,
    debug_panel,
    placeholder,
    starting_up,
    nothing_stands_for_us,
    chrome_before_114,
    no_wasm_fallback,
    fault_table,
    failure_face,
    config_mistakes,
    storage_faults,
    storage_writes,
    site_preferences,
    react_pages,
    real_software,
    turbo_visit,
    tag_container,
    vendor_loaders,
    vendor_snippets,
    delayed_script,
    posted_page,
    checkout_redirect,
    sign_in_window,
    on_this_device,
    tabs_agree,
    tabs_interleave,
    page_comes_back,
    prerendered_page,
    frame_of_the_site,
    strict_csp,
    held_calls,
    auto_csp,
    sealed_before_consent,
    sealed_flag,
    sealed_grant,
    sealed_minified,
    header_level,
    service_worker,
    service_worker_ends,
    notice_face,
    end_of_the_page,
    settings_do_not_load,
    logo,
    screen_readers,
    hostile_pages,
    layouts,
    preference_center,
    embedded,
    what_the_policy_says,
    asking_in_place,
    record_rights,
    accessibility,
    every_visitor,
    visitors_tools,
    gallery,
    expired_grant,
    opting_out,
    beside_the_page,
    visitor_age,
    parents,
    shared_device,
    consent_log,
    spa_replaces_body,
    straight_answers,
    demo_site,
    es_module,
    rewritten,
    start_time,
    leaks,
    languages,
];
