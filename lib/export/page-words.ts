/** The words of the public page, without a request: a page is also made by commands that no browser asked. */
import { createTranslator } from "next-intl";
import messages from "../../messages/en/publication.json";

/** The language of the words around an article; those of the article carry its own. */
export const pageLanguage = "en";

export const pageWords = createTranslator({ locale: pageLanguage, messages, namespace: "page" });
export const refusalWords = createTranslator({ locale: pageLanguage, messages, namespace: "refusal" });
