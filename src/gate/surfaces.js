// The ways in which scripts ask for addresses, as one table; `wrap.js` has what is done about each.

/** How, which argument, of which interfaces (without `HTML` and `Element`; `-` is the window itself), and which members. */
export const SURFACES = `attribute 0 Script,Image,IFrame,Frame,Embed,Source,Track,Media,Video,Input,Link,Object,Anchor,Area,Body src,srcset,srcdoc,poster,href,rel,imageSrcset,data,ping,background
attribute 1 Element setAttribute
attribute 2 Element setAttributeNS
attr 0 Attr value
attrs 0 Element,NamedNodeMap setAttributeNode,setAttributeNodeNS,setNamedItem,setNamedItemNS
animated 0 Element attributes
animated 0 SVGImageElement,SVGUseElement,SVGFEImageElement,SVGScriptElement href
animated 1 SVGAnimatedString baseVal
html 0 Element,ShadowRoot,Range,DOMParser innerHTML,outerHTML,setHTML,setHTMLUnsafe,createContextualFragment,parseFromString
html 1 Element insertAdjacentHTML
command 2 Document execCommand
write 0 Document write,writeln
css 0 CSSStyleSheet,CSSGroupingRule,CSSStyleRule,CSSKeyframesRule,CSSStyleDeclaration insertRule,replace,replaceSync,appendRule,cssText
css 1 -,CSSStyleSheet FontFace,addRule
css 1 CSSStyleDeclaration,StylePropertyMap setProperty,set,append
css 1 Document createProcessingInstruction
put 0 ,SVGElement,CSSStyleRule,Table,Document style,caption,tHead,tFoot,body
frames 0 Element,KeyframeEffect animate,setKeyframes
frames 1 - KeyframeEffect
followed 0 , click
fetch 0 - fetch
url 0 -,Worklet,ServiceWorkerContainer fetchLater,EventSource,Worker,SharedWorker,WebSocket,WebSocketStream,WebTransport,Audio,addModule,register
url 0 Cache add
urls 0 Cache addAll
xhr 1 XMLHttpRequest open
sent 0 XMLHttpRequest send,abort
beacon 0 Navigator sendBeacon
ice 0 -,RTCPeerConnection RTCPeerConnection,webkitRTCPeerConnection,setConfiguration
peer 0 RTCPeerConnection addIceCandidate,setRemoteDescription
submit 0 Form submit
open 0 - open
nodes 0 Node,Element,,CharacterData,DocumentFragment,Document,Range appendChild,insertBefore,replaceChild,removeChild,cloneNode,textContent,innerText,nodeValue,data,appendData,insertData,replaceData,append,prepend,before,after,remove,replaceWith,replaceChildren,insertAdjacentElement,moveBefore,importNode,adoptNode,insertNode,surroundContents
nodes 0 XSLTProcessor importStylesheet
shadow 0 Element attachShadow
enter 0 IFrame,Frame,Object contentWindow,contentDocument
read 0 Element,XMLSerializer getAttribute,getAttributeNS,getHTML,serializeToString`;
