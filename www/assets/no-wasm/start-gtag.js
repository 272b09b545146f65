// Google's start-up lines in a file of their own, for pages whose security policy forbids inline scripts.
window.dataLayer = window.dataLayer || [];
function gtag() {
  dataLayer.push(arguments);
}
gtag('js', new Date());
gtag('config', 'G-N0WASM');
