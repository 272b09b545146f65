//! Whose a URL is: the site's own, a service's, or a stranger's.

use consentry_core::{matching::Matcher, policy::Policy};
use url::Url;

use crate::config::Config;

/// What stands for the site's own address where nobody said it. The domain `invalid` belongs to nobody.
const SOMEWHERE: &str = "http://own.invalid/";

/// Whose a URL is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// It makes no request: a fragment, `data:`, `mailto:` and the like, or no URL at all.
    Nobody,
    /// The site's own.
    Own,
    /// Of services of the config, by their index there; never empty.
    Services(Vec<usize>),
    /// Nobody's: `policy.forbidden` rules its host out.
    Forbidden,
    /// A third party that the config does not declare, with the id of the catalog's entry that it belongs to.
    Unknown(Option<String>),
}

/// The site, as far as it matters for whose a URL is.
#[derive(Debug, Clone)]
pub struct Site {
    /// What the site declares.
    pub policy: Policy,
    /// The services, behind them the site itself, and last what the policy rules out.
    declared: Matcher,
    /// The catalog's entries.
    known: (Vec<String>, Matcher),
    /// Where it lives.
    address: Url,
    /// Whether third parties that nobody declares are held.
    holds_strangers: bool,
}

impl Site {
    /// From a config, and the site's address where it is known; `None` if the config has errors or the address is no
    /// http or https URL.
    #[must_use]
    pub fn new(config: &Config, address: Option<&str>) -> Option<Self> {
        let policy = config.policy.clone()?;
        let address = Url::parse(address.unwrap_or(SOMEWHERE)).ok().filter(Url::has_host)?;
        let all = config.with_other_hosts();
        let known = config.known();
        let ids = known.iter().flat_map(|known| &known.services).map(|service| service.id.clone()).collect();
        let known = (ids, known.as_ref().map(Matcher::new).unwrap_or_default());
        let strangers = config.value.at("gate").at("unknownThirdParties");
        let holds_strangers = !matches!(strangers.text(), Some("allow" | "report"));
        Some(Self {
            policy,
            holds_strangers,
            declared: all.as_ref().map(Matcher::new).unwrap_or_default(),
            known,
            address,
        })
    }

    /// The site's address; `None` where nobody said it.
    #[must_use]
    pub fn address(&self) -> Option<&Url> {
        Some(&self.address).filter(|address| address.as_str() != SOMEWHERE)
    }

    /// The site's root, at its address or at one that stands for it.
    #[must_use]
    pub fn root(&self) -> Url {
        self.address.join("/").unwrap_or_else(|_| self.address.clone())
    }

    /// Whether the config has third parties held that it does not declare, as it does unless it says otherwise.
    #[must_use]
    pub const fn holds_strangers(&self) -> bool {
        self.holds_strangers
    }

    /// The address of a page of the site, given its path from the site's root.
    #[must_use]
    pub fn page(&self, path: &str) -> Option<Url> {
        self.root().join(path).ok()
    }

    /// A URL as the browser would read it on a page.
    #[must_use]
    pub fn resolve(&self, url: &str, page: Option<&Url>) -> Option<Url> {
        Url::options().base_url(Some(page.unwrap_or(&self.address))).parse(url).ok()
    }

    /// Whose a URL is on a page: relative URLs are read from there.
    #[must_use]
    pub fn owner_of(&self, url: &str, page: Option<&Url>) -> Owner {
        self.resolve(url, page).map_or(Owner::Nobody, |url| self.owner(&url))
    }

    /// Whose a whole URL is.
    #[must_use]
    pub fn owner(&self, url: &Url) -> Owner {
        let (Some(host), "http" | "https" | "ws" | "wss") = (url.host_str(), url.scheme()) else {
            return Owner::Nobody;
        };
        let port = url.port().map(|port| port.to_string()).unwrap_or_default();
        let is_origin = url.origin() == self.address.origin();
        let find = |matcher: &Matcher| matcher.services_of(host, &port, url.path(), is_origin);
        let found = find(&self.declared);
        let count = self.policy.services.len();
        if found.iter().any(|index| *index > count) {
            return Owner::Forbidden;
        }
        let services: Vec<usize> = found.iter().copied().filter(|index| *index < count).collect();
        if !services.is_empty() {
            return Owner::Services(services);
        }
        if !found.is_empty() || is_origin || self.is_same_site(host) {
            return Owner::Own;
        }
        let (ids, known) = &self.known;
        Owner::Unknown(find(known).first().and_then(|index| ids.get(*index)).cloned())
    }

    /// Whether a URL lies at the page's own host and port, which a policy calls `'self'`.
    pub(crate) fn is_same_host(&self, url: &Url) -> bool {
        url.host_str() == self.address.host_str() && url.port() == self.address.port()
    }

    /// Whether a host lies in the site's domain, as far as that can be known without a list of all domains: the site's
    /// own host without `www.`, and everything below it.
    fn is_same_site(&self, host: &str) -> bool {
        let own = self.address.host_str().unwrap_or_default();
        let own = own.strip_prefix("www.").unwrap_or(own);
        host.strip_suffix(own).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}
