/** Every limit that a person can meet, in one place. Told where they bite, refused in words above them. */
export const limits = {
  /** UTF-16 code units of canonical text in one revision. */
  articleCharacters: 1_000_000,
  claimsPerArticle: 5_000,
  anchorsPerClaim: 50,
  /** UTF-16 code units that one anchor may span. */
  anchorCharacters: 20_000,
  evidencePerClaim: 100,
  /** Sentences that are marked in one step. */
  sentencesAtOnce: 1_000,
  /** Bytes. */
  uploadBytes: 25 * 1024 * 1024,
  unpackedBytes: 50 * 1024 * 1024,
  pageBytes: 10 * 1024 * 1024,
  /** Milliseconds of work for one import. */
  importMilliseconds: 10_000,
  /** Milliseconds of work for one Word document. */
  docxMilliseconds: 30_000,
  /** Milliseconds for one page to arrive, redirects included. */
  fetchMilliseconds: 15_000,
  fetchRedirects: 5,
  htmlDepth: 256,
  htmlElements: 200_000,
  /** UTF-16 code units of one text field. */
  textField: 20_000,
  /** UTF-16 code units of a one-line field: headline, title, name. */
  line: 500,
  url: 2_000,
  /** Bytes of a JSON body, an article's document apart. */
  jsonBytes: 256 * 1024,
  documentBytes: 16 * 1024 * 1024,
  /** UTF-16 code units kept on each side of an anchor (W3C TextQuoteSelector). */
  anchorContext: 32,
  passwordMin: 12,
  passwordMax: 200,
  pageSize: 50,
} as const;
