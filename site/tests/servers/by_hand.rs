//! Servers that `cargo xtask test --full` alone installs and tries: Apache with files of its own, and Caddy in front of
//! another server.

use std::process::{Command, Stdio};

use axum::{Router, routing::get};
use consentry_site::config::Config;

use super::{Place, free_port, page, recipe, serve};

/// Where Debian puts Apache's modules.
const MODULES: &str = "/usr/lib/apache2/modules";

/// An Apache of its own that answers with files.
pub(super) fn apache(config: &Config) -> Place {
    let mut place = Place::new("apache", free_port());
    recipe(&place, config, "apache");
    for file in ["index.html", "app.js", "consentry-frame.html"] {
        place.put(file, "Hello");
    }
    let (folder, port) = (place.folder.display(), place.port);
    let modules = ["mpm_event", "authz_core", "mime", "dir", "lua", "headers"];
    let modules: String =
        modules.iter().map(|name| format!("LoadModule {name}_module {MODULES}/mod_{name}.so\n")).collect();
    place.put(
        "apache.conf",
        &format!(
            "{modules}
            ServerRoot {folder}
            PidFile {folder}/pid
            ErrorLog {folder}/errors
            DefaultRuntimeDir {folder}
            Listen 127.0.0.1:{port}
            ServerName localhost
            DocumentRoot {folder}
            DirectoryIndex index.html
            TypesConfig /dev/null
            AddType text/html .html
            AddType text/javascript .js
            Header set Cache-Control \"public, max-age=60\"
            Define CONSENTRY_FOLDER {folder}
            <VirtualHost *>
              Include consentry-header.conf
            </VirtualHost>
            <Files index.html>
              Header set Content-Security-Policy \"object-src 'none'\"
            </Files>"
        ),
    );
    // One process, so that nothing of it outlives the test.
    let mut command = Command::new("/usr/sbin/apache2");
    let child = command.args(["-X", "-f"]).arg(place.folder.join("apache.conf")).spawn();
    place.child = Some(child.expect("Apache is installed: `cargo xtask test --full` does it"));
    place.wait()
}

/// A Caddy of its own in front of a server without a policy.
pub(super) fn caddy(config: &Config) -> Place {
    let behind = serve(|| Router::new().fallback(get(page)));
    let mut place = Place::new("caddy", free_port());
    recipe(&place, config, "caddy");
    place.put(
        "Caddyfile",
        &format!(
            "{{
              admin off
            }}
            import consentry-header.caddyfile
            http://:{} {{
              bind 127.0.0.1
              import consentry
              error /missing 404
              reverse_proxy 127.0.0.1:{behind}
              handle_errors {{
                import consentry-send
                respond Sorry
              }}
            }}",
            place.port
        ),
    );
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(place.folder.join("Caddyfile"));
    // It keeps nothing outside of its folder, and tells its news to the error output.
    let child = command
        .env("HOME", &place.folder)
        .env("XDG_DATA_HOME", &place.folder)
        .env("XDG_CONFIG_HOME", &place.folder)
        .stderr(Stdio::null())
        .spawn();
    place.child = Some(child.expect("Caddy is installed: `cargo xtask test --full` does it"));
    place.wait()
}
