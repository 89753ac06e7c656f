// The page's own sentences, in the language that the person is spoken to in: as the server guessed it when it made the page,
// then as the conversation has it. What they said themselves, and what they were answered, stays as it was.
import * as kept from "./kept.js";

const sayings = JSON.parse(document.getElementById("sayings").textContent);
const root = document.documentElement;
const NAME = "language";

/** The tag of the language that is spoken now; also what requests carry as Accept-Language. */
export const language = () => root.lang;

/** The sentence with this key; `{name}` in it stands for a value. */
export function say(key, values = {}) {
  return sayings[root.lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Speaks this language from now on, if it is one of ours, and keeps it for the next visit. */
export function speak(tag) {
  if (!sayings[tag] || tag === root.lang) return;
  kept.remember(NAME, tag);
  root.lang = tag;
  for (const [attribute, put] of [
    ["data-say", (element, text) => { element.textContent = text; }],
    ["data-say-label", (element, text) => element.setAttribute("aria-label", text)],
    ["data-say-placeholder", (element, text) => element.setAttribute("placeholder", text)],
  ]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) put(element, say(element.getAttribute(attribute)));
  }
}

speak(kept.remembered(NAME));
