/**
 * Consentry: keeps third-party widgets, trackers and their cookies out until the visitor's choice allows them.
 *
 * With the script tag the functions below are methods of the global `consentry`. The ES module exports the same names;
 * it offers level `marked` only: it holds what the page marks, never what ran before it was imported.
 *
 * @example A script tag
 * if (consentry.has('analytics')) startCounting();
 *
 * @example The ES module
 * import { start, has } from 'consentry';
 * await start({ policy: { version: '2026-11-01' }, services: [] });
 */

/** A text, or one text for each language. */
export type LocalText = string | { [language: string]: string };

/** What the site declares. The schema beside the script (`consentry.schema.json`) completes it in editors. */
export interface Config {
  $schema?: string;
  /** Who runs the site. */
  site?: {
    name?: string;
    /** Who decides why and how data are used; a grant to one controller is none for another. */
    controller?: string;
    contact?: string;
    /** The site's own hosts beside its origin: never third party. */
    hosts?: string[];
    policies?: { url: string; places?: string[]; languages?: string[]; authoritative?: boolean }[];
    links?: { rights?: string; appeal?: string; authority?: string; dpo?: string; unsubscribe?: string };
  };
  policy: {
    /** Any text that changes when the policy does. */
    version: string;
    /** `YYYY-MM-DD` */
    effective?: string;
    /** `YYYY-MM-DD` */
    updated?: string;
    /** True asks for grants again: the change matters to them. */
    material?: boolean;
    /** The day of the last version that mattered so: older grants are asked for again. `YYYY-MM-DD` */
    lastMaterial?: string;
    /** What rules from a day on: announced before, and then older grants are asked for again. Days are `YYYY-MM-DD`. */
    upcoming?: {
      announced: string;
      effective: string;
      noticeDays?: number;
      kind?: 'policy' | 'controller';
      version?: string;
      controller?: string;
      summary?: LocalText;
    };
    /** What the last change was about: told with `updated`, for 30 days, to who answered under another version. */
    changes?: LocalText;
    /** The policy's table of personal information; the `…Before` are about the past 12 months, and by default as now. */
    data?: {
      category: string;
      label?: LocalText;
      collected?: boolean;
      collectedBefore?: boolean;
      disclosed?: boolean;
      disclosedBefore?: boolean;
      sold?: boolean;
      soldBefore?: boolean;
    }[];
    /** Ids of categories and services, and hosts, that no click opens. */
    forbidden?: string[];
  };
  /** Where visitors are: `auto`, a place such as `US-CA`, or where the server says it for each request. */
  jurisdiction?: string | { meta?: string; cookie?: string };
  /** `opt-in` (default): nobody is treated more loosely. `law`: the rules of places whose law is looser. */
  floor?: 'opt-in' | 'law';
  /** Places with another regime than the table's; a looser one needs `counsel`. */
  regimes?: { place: string; regime: Regime }[];
  /** Who advised regimes looser than the table's, when and why. Each looser setting needs its own `counsel` beside it. */
  counsel?: string;
  /** Where age plays a part: whoever is below the first threshold of the place needs a parent or guardian to agree. */
  age?: {
    /** How visitors are asked: single years (default), or groups of them. */
    ask?: 'years' | 'bands';
    /** First thresholds of the site's own, in years, by place; `*` raises all that are lower. A lower one needs `counsel`. */
    thresholds?: { [place: string]: number };
    /** The same with second thresholds: up to them only the visitor's own yes opens anything. */
    secondThresholds?: { [place: string]: number };
    /** The path of the site's own server that asks parents, and after how many days (default 14) a request is forgotten. */
    parentalConsent?: { endpoint: string; days?: number };
    counsel?: string;
  };
  /** What an administrator keeps shut; with `opens`, a service marked `educational` that a school opens for its pupils. */
  locked?: { id: string; by?: string; reason?: LocalText; opens?: boolean }[];
  signals?: { gpc?: 'honor'; dnt?: 'ignore' | 'asGpc' | 'asReject' };
  /** Merged by id into `necessary`, `functional`, `analytics`, `marketing`. */
  categories?: {
    id: string;
    label?: LocalText;
    description?: LocalText;
    purposes?: { id: string; basis?: 'necessary' | 'consent' | 'objection' }[];
    /** What is marked with it alone does with data beyond the page; without a service, by default anything but sensitive. */
    uses?: Use[];
    /** What is marked with it alone works for the site alone. */
    serviceProvider?: boolean;
    /** Who advised to take statistics or advertising for necessary. */
    counsel?: string;
    /** `each`: it and its services open by a yes of their own alone, never by Accept all or by default. */
    ask?: 'once' | 'each';
  }[];
  /** A text is looked up in the catalog. */
  services?: (string | ServiceConfig)[];
  gate?: {
    /**
     * `auto`, the script tag's default: what starts after the script ran is stopped by its address. `auto-csp`: and by a
     * policy that the script writes. `marked`: only what the site marks waits; the ES module has no other. `sealed`: the
     * snippet in the head keeps the page shut. `header`: the server's policy does.
     */
    level?: 'auto' | 'auto-csp' | 'marked' | 'sealed' | 'header';
    /**
     * Hosts that no service declares: `block` (default); `report`: they pass, and the console names them; `allow`: they pass. Where a
     * yes is needed, only with `counsel`.
     */
    unknownThirdParties?: 'block' | 'report' | 'allow';
    counsel?: string;
    /**
     * `wrap`: workers from files of the site's own start inside one that has the page's policy; for levels with
     * one. `own`, the default: they are left alone.
     */
    workers?: 'own' | 'wrap';
    /**
     * The path of `consentry-sw.js`, a service worker that refuses third parties from the second page on, the browser's
     * own look ahead included; on top of any level.
     */
    worker?: string;
  };
  record?: {
    /** Suffix of the storage keys, for several sites on one origin. */
    scope?: string;
    /** Days: a grant lapses after 365, at most 395; a refusal is not asked about for at least 183. Else `counsel` is needed. */
    expiresDays?: { granted?: number; refused?: number; counsel?: string };
    /** `session`: it ends with the browser's session, as on a device that many share. */
    store?: 'local' | 'session';
    /** A path of the site's own server that gets a copy of each entry, and after how many days it deletes it. */
    log?: { url: string; retentionDays?: number };
    /** Has what is granted written to the cookie `consentry`, for the site's server: `auto` for the widest domain. Off by default. */
    cookie?: { domain?: 'host' | 'auto' };
    /** Lets scripts grant without a visitor's click; the record says so. Only for tests and for consents taken elsewhere. */
    scriptGrants?: boolean;
  };
  ui?: {
    /** `modal` stands before the page until it is answered or left by Escape; `inline` in the page's `[data-consentry-notice]`. */
    layout?: 'bar' | 'box' | 'compact' | 'modal' | 'inline';
    position?: 'bottom' | 'top';
    /** Path of the site's logo on this origin. */
    logo?: string;
    /** Colors as `#rgb` or `#rrggbb`, `radius` as `8px`; `font: 'inherit'` takes the page's own. */
    theme?: { accent?: string; background?: string; text?: string; radius?: string; scheme?: 'auto' | 'light' | 'dark'; font?: 'auto' | 'inherit' };
    reopen?: 'button' | 'none';
    /** What a law of opt-out puts on every page: its two links (default), or the one that stands for both, with its icon. */
    optOut?: 'links' | 'choices';
  };
  /** `auto` (the page's language, then the browser's) or a language tag. */
  lang?: string;
  /** Texts by language and key: single ones of a language that Consentry speaks, or all of another one. */
  texts?: { [language: string]: { [key: string]: string } };
  [custom: `x-${string}`]: unknown;
}

/** One thing on the page, third-party or first-party. */
export interface ServiceConfig {
  /** Unique among services and categories; `[a-z0-9][a-z0-9-]*`. */
  id: string;
  category: string;
  label?: LocalText;
  description?: LocalText;
  /** The company behind it. */
  vendor?: string;
  /** ISO 3166 code of the vendor's country. */
  country?: string;
  privacyPolicy?: string;
  /** `www.example.com`, `*.example.com`, with `:port` and `/path` where wanted; `/collect` is on the site's own origin. */
  hosts?: string[];
  cookies?: {
    /** `*` stands for any part of it. */
    name: string;
    /** Another company's: out of a page's reach. */
    domain?: string;
    duration?: string;
    purpose?: LocalText;
    /** Hidden from scripts, so out of a page's reach. */
    httpOnly?: boolean;
  }[];
  storage?: {
    kind: 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cacheStorage';
    key: string;
    /** Another company's: out of a page's reach. */
    domain?: string;
    duration?: string;
    purpose?: LocalText;
  }[];
  purposes?: string[];
  /** The title of what stands where a held embed would be, and a text before the one that names the vendor. */
  placeholder?: { title?: LocalText; text?: LocalText };
  /** Who advised to take a known tracker for necessary. */
  counsel?: string;
  /** What it does with data beyond the site; a third party that declares none counts as all but `sensitive`. */
  uses?: Use[];
  /** Its vendor works for this site alone: what it does not declare it does not do. */
  serviceProvider?: boolean;
  /** Permissions of the browser that it needs: asked for in its own words before the browser's, denied without a yes. */
  permissions?: ('geolocation' | 'notifications' | 'push')[];
  /** `each`: never part of a yes to all. */
  ask?: 'once' | 'each';
  /** It serves lessons alone: a school may open it, unless it sells, shares, targets or profiles. */
  educational?: boolean;
  /**
   * What scripts ask it for by `fetch` and XMLHttpRequest, GET or HEAD without a body, stays pending until the visitor has
   * decided, instead of failing at once.
   */
  hold?: boolean;
}

/** What may be on before an answer: nothing optional, everything until an opt-out, everything. */
export type Regime = 'opt-in' | 'opt-out' | 'notice';

export type Use = 'sale' | 'share' | 'targetedAds' | 'profiling' | 'sensitive';

/** Below the first threshold of the place, up to the second, or neither; `unknown` counts as below. */
export type Age = 'unknown' | 'child' | 'teen' | 'adult';

/** Why a choice is as it is. */
export type Reason =
  | 'necessary'
  | 'granted'
  | 'refused'
  | 'withdrawn'
  /** The grant was too old. */
  | 'expired'
  /** The service or the policy changed since the grant; asked again. */
  | 'changed'
  | 'unanswered'
  /** The policy rules it out. */
  | 'forbidden'
  /** An administrator keeps it shut. */
  | 'locked'
  /** A school opened it for its pupils. */
  | 'educational'
  /** The visitor's age denies it, or nobody knows it. */
  | 'age'
  /** The browser's signal denies it. */
  | 'signal'
  /** The law needs no consent for it here, and nobody objected. */
  | 'objection'
  /** The law lets it run until somebody opts out. */
  | 'default'
  /** No category or service has this id. */
  | 'unknown'
  | 'starting'
  | 'failed';

/** The present answer for one category or service. */
export interface Choice {
  readonly allowed: boolean;
  readonly reason: Reason;
  /** When it was given: an ISO 8601 time, UTC. */
  readonly since: string | null;
  /** What it rests on here and now; `objection`: it runs, or ran, until the visitor objects or opts out. */
  readonly basis: 'necessary' | 'consent' | 'objection';
}

/**
 * An id, `!id` (holds after an explicit refusal or withdrawal, not while undecided), or a combination. An unknown id
 * makes the whole condition false.
 */
export type Condition = string | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** What the visitor did. */
export type Action = 'accept_all' | 'reject_all' | 'save' | 'dismiss' | 'load_once' | 'allow_service' | 'withdraw' | 'signal' | 'user_after_gpc' | 'import' | 'expire' | 'parent' | 'age' | 'place';

/** The state of this page; frozen, a new one after each change. */
export interface Snapshot {
  readonly phase: 'starting' | 'ready' | 'failed';
  readonly version: string;
  /** How much of the page the gate holds: found out, not read from the config. */
  readonly level: 'auto' | 'auto-csp' | 'marked' | 'sealed' | 'header';
  /** Whether the script ran after the page was parsed. */
  readonly late: boolean;
  /** What rules where the visitor is taken to be, the config's floor included. */
  readonly regime: Regime;
  /** Where that is: `DE`, `US-CA`, `unknown`; what said so; and where the visitor says they are. */
  readonly jurisdiction: {
    readonly place: string;
    readonly how: 'visitor' | 'hint' | 'config' | 'zone' | 'language' | 'default';
    readonly stated: string | null;
  };
  /** The uses that are opted out of: apply them to the visitor's account, too. */
  readonly optOut: readonly Use[];
  /** The uses that the law wants a link of opt-out for. */
  readonly offered: readonly Use[];
  /** Whether a signal of the browser is honored. */
  readonly signal: boolean;
  /** What the visitor's age comes to here; `null` where the site does not ask. */
  readonly age: Age | null;
  /** How far asking a parent has come; `null` where nobody was asked. */
  readonly parent: 'pending' | 'granted' | 'refused' | 'withdrawn' | 'forgotten' | null;
  /** What the policy announces, from the announced day until it rules. */
  readonly upcoming: { readonly effective: string; readonly kind?: 'policy' | 'controller'; readonly summary: string } | null;
  readonly locked: readonly { readonly id: string; readonly by?: string; readonly reason: string; readonly opens?: boolean }[];
  /** All advice behind looser settings. */
  readonly counsel: string | null;
  readonly policy: { readonly version: string; readonly effective?: string; readonly updated?: string } | null;
  readonly choices: { readonly [id: string]: Choice };
  readonly categories: readonly {
    readonly id: string;
    readonly label: string;
    readonly description: string;
    readonly necessary: boolean;
    readonly services: readonly string[];
  }[];
  readonly services: readonly (Omit<ServiceConfig, 'label' | 'description'> & { readonly label: string; readonly description: string })[];
  /** Ids with a question that waits for the visitor. */
  readonly asking: readonly string[];
  /** Ids that no click of the visitor's opens: ruled out, locked, or barred at their age. */
  readonly barred: readonly string[];
  readonly view: 'none' | 'notice' | 'preferences';
  /** Where the choice is kept: `memory` lasts as long as this page. */
  readonly storage: 'local' | 'session' | 'memory';
  readonly record: {
    /** Random; none for a visitor who refused everything. */
    readonly id: string | null;
    readonly time: string;
    readonly expires: string;
    readonly action: Action;
    readonly entries: readonly { readonly time: string; readonly action: Action; readonly screen: string; readonly policyVersion: string }[];
    /** The record as it is stored. */
    readonly text: string;
  } | null;
}

/** What is held, or was stopped. */
export interface Held {
  /** Null where nobody declares the host, or `policy.forbidden` rules it out. */
  readonly service: string | null;
  readonly category: string | null;
  /** The element (`script`, `iframe`, `img` …), the call (`fetch`, `XMLHttpRequest`, `WebSocket` …), the directive of a policy of ours that refused it (`img-src` …), or what would be stored (`cookie`, `localStorage` …). */
  readonly kind: string;
  /** Without query and hash; null for what would be stored. */
  readonly url: string | null;
  /** The name under which it would be stored. */
  readonly name?: string;
}

/**
 * Content and settings that the site remembers for a visitor, in localStorage. They are kept while their category is
 * allowed, wait in memory otherwise, and are erased when the permission ends.
 */
export interface Preferences {
  /** The value, or `undefined`. */
  get(key: string): unknown;
  /**
   * @param value anything that JSON can hold
   * @param category the category (or service) whose permission it needs; `functional` without
   * @returns whether it is kept beyond this page
   */
  set(key: string, value: unknown, category?: string): boolean;
  remove(key: string): void;
  /** All keys, those that wait in memory included. */
  keys(): string[];
}

/** One thing that is stored on the visitor's device. */
export interface Stored {
  /** Who declares it; `null` for what is the site's own, or nobody's. */
  readonly service: string | null;
  readonly kind: 'cookie' | 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cacheStorage';
  readonly name: string;
  /** In bytes; `null` where it cannot be told. */
  readonly size: number | null;
  /** False for declared cookies that no page can see (`HttpOnly`, another company's): they may be there or not. */
  readonly reachable: boolean;
  /** The other company's. */
  readonly domain?: string;
  /** Deletes it; resolves to whether it is gone. */
  remove(): Promise<boolean>;
}

/** Why `start()` refused a config: every mistake at once. */
export interface ConsentryConfigError extends Error {
  readonly name: 'ConsentryConfigError';
  readonly issues: readonly { readonly path: string; readonly message: string; readonly severity: 'error' }[];
}

/**
 * The visitor's copy of the record with the fields of ISO/IEC TS 27560:2023; `consentry.export.schema.json` describes it.
 */
export interface RecordCopy {
  readonly schemaVersion: 'consentry-export/1';
  readonly conformsTo: readonly string[];
  readonly recordId: string;
  readonly receiptId: string;
  readonly piiPrincipalId: string;
  readonly exported: string;
  readonly site: string;
  readonly policy: Snapshot['policy'];
  readonly choices: Snapshot['choices'];
  readonly piiProcessing: readonly { readonly [field: string]: unknown }[];
  readonly parties: readonly { readonly [field: string]: unknown }[];
  readonly events: readonly { readonly [field: string]: unknown }[];
  /** The record as it is stored; an import reads it. */
  readonly record: string;
}

export interface Consentry {
  readonly version: string;
  /** Resolves when the decision is in force; rejects with the reason when starting failed. */
  readonly ready: Promise<Snapshot>;
  /**
   * Starts with a config. The first valid one stays for the page's life.
   * @throws (rejects) {@link ConsentryConfigError} for a config with mistakes, an `Error` named `ConsentryError` for what
   *   else the message says how to mend, any other `Error` for what broke
   */
  start(config: Config): Promise<Snapshot>;
  /** Whether a condition holds now. False while starting and after a failure. */
  has(condition: Condition): boolean;
  /** The present answer for one id. */
  choice(id: string): Choice;
  /** All present answers. */
  decision(): { readonly [id: string]: Choice };
  /** Whether the decision allows a URL: the site's own, `data:` and `blob:`, or an allowed service's. */
  allows(url: string): boolean;
  /** What is held now, and what was stopped and still would be. */
  blocked(): readonly Held[];
  snapshot(): Snapshot;
  /** Resolves once a condition holds; never rejects, and stays pending after a failure. */
  whenGranted(condition: Condition): Promise<Snapshot>;
  /** Calls `listener` after each change, and once with the present state. Returns a function that stops it. */
  onChange(listener: (snapshot: Snapshot) => void): () => void;
  /**
   * Grants everything. Counts only inside a visitor's click on an element marked `data-consentry-grant`; otherwise the
   * notice shows and the answer is false.
   */
  acceptAll(): boolean;
  /** Refuses everything optional; needs no click. */
  rejectAll(): boolean;
  /** Answers for some ids; grants count as in {@link Consentry.acceptAll}. False when any of it was not taken. */
  save(choices: { [id: string]: boolean }): boolean;
  /**
   * Takes back everything, or one category or service; needs no click. Uses by their names, with spaces between, are
   * opted out of: `'sale share targetedAds'`.
   */
  withdraw(id?: string): boolean;
  /**
   * The visitor's copy of the record: plain JSON, or JSON-LD in the words of the Data Privacy Vocabulary.
   * @throws (rejects) where there is no record yet, or the preference center's file does not load
   * @example const file = new Blob([JSON.stringify(await consentry.exportRecord())], { type: 'application/json' });
   */
  exportRecord(format?: 'json'): Promise<RecordCopy>;
  exportRecord(format: 'jsonld'): Promise<{ readonly [term: string]: unknown }>;
  /**
   * Opens the preference center with the answers of a copy; they count once the visitor saves them. A newer refusal stays.
   * @throws (rejects) where the copy is of another site, controller or version of the policy
   */
  importRecord(copy: RecordCopy): Promise<void>;
  /** Erases the record: nothing optional is allowed any more, and the visitor is asked as on the first day. */
  eraseRecord(): boolean;
  /**
   * Asks how old the visitor is, unless they said so in this visit. Resolves to what that comes to when the question is
   * closed; to `null` where the config has no `age`.
   */
  askAge(): Promise<Age | null>;
  /**
   * Has the site's server ask a parent or guardian of a child. The contact is sent there once and kept nowhere.
   * @throws (rejects) where the visitor is no child, or the server does not take the request
   */
  requestParent(contact: string): Promise<'pending'>;
  /**
   * Somebody signed in or out: each key has a record of its own. Grants never cross, refusals hold for all.
   * @param key an opaque name of the account; `null` for nobody in particular
   * @param more what an administrator keeps shut for them
   */
  subject(key: string | null, more?: { locked?: { id: string; by?: string; reason?: LocalText }[] }): void;
  /** What the site itself remembers of the visitor's wishes. */
  readonly preferences: Preferences;
  /** What is stored on this device now, by service, with sizes. Rejects when starting failed. */
  stored(): Promise<readonly Stored[]>;
  showNotice(): void;
  showPreferences(): void;
  /** Closes what is shown; writes nothing. */
  hide(): void;
  /** Looks for marked elements in a shadow root or fragment that the document does not show, now and later. */
  activate(root?: Node): void;
  /** Runs functions with the API; before the script arrives an array of this name keeps them. */
  push(...functions: ((api: Consentry) => void)[]): void;
}

export const version: string;
export const ready: Promise<Snapshot>;
export function start(config: Config): Promise<Snapshot>;
export function has(condition: Condition): boolean;
export function choice(id: string): Choice;
export function decision(): { readonly [id: string]: Choice };
export function allows(url: string): boolean;
export function blocked(): readonly Held[];
export function snapshot(): Snapshot;
export function whenGranted(condition: Condition): Promise<Snapshot>;
export function onChange(listener: (snapshot: Snapshot) => void): () => void;
export function acceptAll(): boolean;
export function rejectAll(): boolean;
export function save(choices: { [id: string]: boolean }): boolean;
export function withdraw(id?: string): boolean;
export function exportRecord(format?: 'json'): Promise<RecordCopy>;
export function exportRecord(format: 'jsonld'): Promise<{ readonly [term: string]: unknown }>;
export function importRecord(copy: RecordCopy): Promise<void>;
export function eraseRecord(): boolean;
export function askAge(): Promise<Age | null>;
export function requestParent(contact: string): Promise<'pending'>;
export function subject(key: string | null, more?: { locked?: { id: string; by?: string; reason?: LocalText }[] }): void;
export const preferences: Preferences;
export function stored(): Promise<readonly Stored[]>;
export function showNotice(): void;
export function showPreferences(): void;
export function hide(): void;
export function activate(root?: Node): void;

/** What `consentry:change` carries. */
export type Change = Snapshot & { readonly action: Action };

declare global {
  /** The script tag's API; before the script arrives an array that keeps functions. */
  var consentry: Consentry;
  interface DocumentEventMap {
    'consentry:ready': CustomEvent<Snapshot>;
    'consentry:change': CustomEvent<Change>;
    /** Cancelable: `preventDefault()` keeps the view away. */
    'consentry:show': CustomEvent<Snapshot & { readonly view: 'notice' | 'preferences' }>;
    'consentry:hide': CustomEvent<Snapshot>;
    /** Another tab changed a preference; `value` is `undefined` when it is gone. */
    'consentry:preference': CustomEvent<Snapshot & { readonly key: string; readonly value: unknown }>;
    /** Something was stopped, once for each address. */
    'consentry:blocked': CustomEvent<Snapshot & { readonly blocked: Held }>;
    'consentry:error': CustomEvent<Snapshot & { readonly error: Error }>;
  }
}
