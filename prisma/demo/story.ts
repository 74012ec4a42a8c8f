/**
 * The demo's one story, written for it: an article about public events of autumn 2025 in our own words, and a fact-check of it
 * with claims in every state. Some statements are wrong on purpose, so that there is something to find. The
 * verdicts show the tool; they are not findings. Sources are named as works; no address is invented, so they have none.
 */
import type { Confidence } from "@/lib/domain/claim";
import type { Stance } from "@/lib/domain/evidence";
import type { RichText, RichTextNode } from "@/lib/domain/rich-text";
import type { SourceCreate } from "@/lib/domain/source";

const text = (words: string): RichTextNode => ({ type: "text", text: words });
const italic = (words: string): RichTextNode => ({ type: "text", text: words, marks: [{ type: "italic" }] });
const paragraph = (...parts: (string | RichTextNode)[]): RichTextNode => ({
  type: "paragraph",
  content: parts.map((part) => (typeof part === "string" ? text(part) : part)),
});
const heading = (words: string): RichTextNode => ({ type: "heading", attrs: { level: 2 }, content: [text(words)] });
const list = (...items: string[]): RichTextNode => ({
  type: "bulletList",
  content: items.map((item) => ({ type: "listItem", content: [paragraph(item)] })),
});
const quote = (words: string): RichTextNode => ({ type: "blockquote", content: [paragraph(words)] });

export const demoArticle = {
  headline: "A leaked call, a 28-point plan, and a deal that stays out of reach",
  byline: "The demo desk",
  outlet: "Claimdesk Demo Wire",
  publishedOn: "2025-11-28",
  language: "en",
};

export const demoDocument: RichText = {
  type: "doc",
  content: [
    paragraph(
      "For most of a year Washington has tried to talk its way to an end of the war in Ukraine, and for most of a year the talks have come apart just as somebody called them close. This week the effort was overtaken by a telephone call that was never meant to be heard in public.",
    ),
    paragraph(
      "On Tuesday, Bloomberg News printed the transcript of a conversation of 14 October between Steve Witkoff, the American envoy, and Yuri Ushakov, who advises the Russian president on foreign policy. In it the envoy recommends that Vladimir Putin ring the White House before Volodymyr Zelenskyy, the president of Ukraine, gets there. He also offers advice on what to say.",
    ),
    paragraph(
      "A second transcript, of a call on 29 October, has Mr. Ushakov speaking with Kirill Dmitriev, an economic envoy of the Kremlin who had just seen Mr. Witkoff in Miami. Mr. Dmitriev expects the coming American proposal to stand as near to Moscow’s position as he can bring it.",
    ),
    heading("What the calls set off"),
    paragraph(
      "In Congress, where members of the president’s own party seldom contradict him on foreign affairs, several Republicans said aloud that the envoy had gone too far. European governments, none of which was told of the plan before it leaked, asked for a seat at the table. ",
      italic("It was the worst week for the alliance in a decade."),
    ),
    paragraph(
      "The White House saw nothing unusual. President Donald Trump described the conversation as an ordinary piece of negotiating. His communications director, Steven Cheung, said that the leak showed only how the envoy spends his days: on the line to both sides, because that is the job he was given.",
    ),
    heading("A year of calls"),
    paragraph(
      "The tally is long. Since January, by the count of reporters who follow the talks, the effort has come to this:",
    ),
    list(
      "eight telephone calls between Mr. Trump and Mr. Putin;",
      "six meetings of Mr. Witkoff with the Russian president;",
      "one summit of the two presidents, held in Alaska in August.",
    ),
    paragraph(
      "As early as April the president had said that America might simply walk away if the two sides would not listen. It did not. Instead, in October, the United States placed sanctions on Russia’s two largest oil companies, the first such step of his second term, and he cancelled a meeting with Mr. Putin in Hungary five days after announcing it. Deliveries of American weapons to Ukraine never stopped for a single day this year.",
    ),
    paragraph(
      "That autumn won over some who had doubted him. Andrew Weiss of the Carnegie Endowment judged the policy better than he and others had thought possible. Emma Ashford, a scholar who would like America to do less abroad, gave the president credit for not giving up.",
    ),
    heading("The plan"),
    paragraph(
      "Then came the document. The plan has 28 points, and a good part of them grant what Moscow has asked for since the first year of the war. After the outcry its authors cut it down, and the president wrote that few disagreements remained and that both sides had added to the text. The Army secretary, Daniel Driscoll, took a later version to a Russian delegation in the United Arab Emirates on Tuesday.",
    ),
    paragraph(
      "By Wednesday Moscow had slowed the pace again. Mr. Ushakov told a Russian reporter that the paper had arrived but that nobody had gone through it in detail with Russia.",
    ),
    quote("Received, read, and not yet talked over: so much for now."),
    paragraph(
      "That is our own summary of what he said. More than half of Ukrainians now say that they would accept a settlement along the lines of the plan.",
    ),
    heading("What comes next"),
    paragraph(
      "Mr. Driscoll is expected in Kyiv again within days, and Mr. Witkoff is preparing another journey to Moscow. Whether so much contact has helped is disputed in Washington more sharply than almost anything else. Eric Green, who was responsible for Russia on Joe Biden’s National Security Council, believes that a President Harris would also have sought more dealings with the Kremlin this year, though with less alarm in Kyiv and in Europe.",
    ),
    paragraph(
      "His objection is to the manner. The way the talks were run, he said, has served Russian aims: distance between America and Europe, and distance between America and Ukraine. The president’s defenders answer that no other road leads to an end of the fighting, the deadliest in Europe since the Second World War.",
    ),
  ],
};

/** What the desk says of sentences that no claim stands on; some are left to whoever tries the ledger. */
export const demoMarks = {
  opinion: ["Received, read, and not yet talked over: so much for now."],
  transition: [
    "What the calls set off",
    "The White House saw nothing unusual.",
    "A year of calls",
    "Then came the document.",
    "By Wednesday Moscow had slowed the pace again.",
    "That is our own summary of what he said.",
    "What comes next",
  ],
  no_fact: ["The plan", "It did not.", "His objection is to the manner."],
} as const;

type DemoSource = Omit<SourceCreate, "id">;
const work = (
  kind: DemoSource["kind"],
  title: string,
  publisher: string | null,
  publishedOn: string | null,
  author: string | null = null,
): DemoSource => ({
  ...{ kind, title, publisher, publishedOn, author },
  url: null,
});

export const demoSources = {
  call14: work(
    "audio_video",
    "Transcript of a call between Steve Witkoff and Yuri Ushakov, 14 October 2025",
    "Bloomberg News",
    "2025-11-25",
  ),
  call29: work(
    "audio_video",
    "Transcript of a call between Yuri Ushakov and Kirill Dmitriev, 29 October 2025",
    "Bloomberg News",
    "2025-11-25",
  ),
  statement: work(
    "statement",
    "Statement of the White House communications director on the leaked call",
    "The White House",
    "2025-11",
    "Steven Cheung",
  ),
  remarks: work(
    "statement",
    "Remarks of the president to reporters on his envoy’s call",
    "The White House",
    "2025-11",
    "Donald Trump",
  ),
  sanctions: work(
    "official_record",
    "Sanctions on Rosneft and Lukoil",
    "U.S. Department of the Treasury",
    "2025-10-22",
  ),
  ushakov: work("news_report", "Report on Yuri Ushakov’s remarks about the American plan", "Reuters", "2025-11-26"),
  meetings: work(
    "data",
    "The demo desk’s own list of meetings and calls, January to November 2025",
    "Claimdesk Demo Wire",
    "2025-11-27",
  ),
  green: work("interview", "Interview with Eric Green", "Claimdesk Demo Wire", "2025-11-27"),
  weiss: work("interview", "Interview with Andrew S. Weiss", "Claimdesk Demo Wire", "2025-11-26"),
  pause: work("news_report", "Reports on the pause of American military aid to Ukraine", null, "2025-03"),
} satisfies Record<string, DemoSource>;

type DemoEvidence = {
  source: keyof typeof demoSources;
  stance: Stance;
  locator?: string;
  excerpt?: string;
  shows: string;
};
type DemoClaim = {
  /** The words in the article that the claim stands on; each must occur once. */
  quotes: string[];
  statement: string;
  claimant?: string;
  verdict?: "Verified" | "Needs context" | "Disputed" | "False" | "Unverifiable";
  confidence?: Confidence;
  rationale?: string;
  evidence?: DemoEvidence[];
  holder?: "first" | "second";
  /** How far the claim comes; `stale` is approved and then changed. */
  reaches: "open" | "in_check" | "needs_info" | "in_review" | "returned" | "approved" | "stale" | "set_aside";
  question?: string;
  reason?: string;
  /** Other words that are asked for at its first place. */
  wording?: { words: string; note: string; accepted: boolean };
};

export const demoClaims: DemoClaim[] = [
  {
    quotes: [
      "Bloomberg News printed the transcript of a conversation of 14 October between Steve Witkoff, the American envoy, and Yuri Ushakov",
    ],
    statement:
      "Bloomberg News published a transcript of a call of 14 October 2025 between Steve Witkoff and Yuri Ushakov.",
    verdict: "Verified",
    confidence: "high",
    rationale:
      "The transcript is public and names both men and the day. Neither side has denied that the call took place; the president called it normal.",
    evidence: [
      {
        source: "call14",
        stance: "supports",
        locator: "Heading of the transcript",
        shows: "Names both speakers and the date of the call.",
      },
      {
        source: "remarks",
        stance: "gives_context",
        shows: "The president speaks of the call as something that happened, and defends it.",
      },
    ],
    holder: "first",
    reaches: "approved",
  },
  {
    quotes: [
      "the envoy recommends that Vladimir Putin ring the White House before Volodymyr Zelenskyy, the president of Ukraine, gets there",
    ],
    statement: "In the call, Witkoff suggested that Putin telephone Trump before Zelenskyy’s visit.",
    claimant: "Claimdesk Demo Wire",
    verdict: "Verified",
    confidence: "high",
    rationale:
      "The transcript has the suggestion in the envoy’s own words, together with the planned visit as the reason for the timing.",
    evidence: [
      {
        source: "call14",
        stance: "supports",
        locator: "Second half of the call",
        shows: "The envoy proposes the call and ties it to the visit.",
      },
    ],
    holder: "second",
    reaches: "approved",
  },
  {
    quotes: [
      "Mr. Dmitriev expects the coming American proposal to stand as near to Moscow’s position as he can bring it",
    ],
    statement:
      "Dmitriev said that he believed the American plan would come as close as possible to Russia’s proposals.",
    claimant: "Kirill Dmitriev",
    verdict: "Needs context",
    confidence: "medium",
    rationale:
      "He says so in the transcript, but of a paper that he hoped the Americans would take over, not of a text that existed. Dmitriev has since questioned whether the transcript is genuine.",
    evidence: [
      {
        source: "call29",
        stance: "supports",
        locator: "Towards the end",
        shows: "Expresses the hope, in general terms.",
      },
    ],
    holder: "first",
    reaches: "approved",
  },
  {
    quotes: ["none of which was told of the plan before it leaked"],
    statement: "No European government was told of the plan before it leaked.",
    verdict: "Unverifiable",
    confidence: "low",
    rationale:
      "No government has said that it was told, but what was said in private cannot be known from public sources, and “none” is a claim about all of them.",
    evidence: [
      {
        source: "meetings",
        stance: "gives_context",
        shows:
          "Lists no meeting with European officials in the weeks before the leak. That is not proof that there was none.",
      },
    ],
    wording: {
      words: "none of which has said that it was told of the plan before it leaked",
      note: "What was said in private is not known.",
      accepted: false,
    },
    holder: "second",
    reaches: "approved",
  },
  {
    quotes: ["It was the worst week for the alliance in a decade."],
    statement: "This was the worst week for the Western alliance in ten years.",
    reaches: "set_aside",
    reason: "opinion",
  },
  {
    quotes: ["on the line to both sides, because that is the job he was given"],
    statement: "Witkoff talks to officials of Russia and of Ukraine nearly every day.",
    claimant: "Steven Cheung",
    holder: "second",
    evidence: [{ source: "statement", stance: "supports", shows: "The statement itself. It gives no list of calls." }],
    reaches: "needs_info",
    question: "Can the White House press office say how many calls with Ukrainian officials there were since October?",
  },
  {
    quotes: [
      "eight telephone calls between Mr. Trump and Mr. Putin",
      "six meetings of Mr. Witkoff with the Russian president",
    ],
    statement: "Since January there were eight calls between the presidents and six meetings of Witkoff with Putin.",
    verdict: "Disputed",
    confidence: "medium",
    rationale:
      "Eight calls are borne out. Our own list has five meetings, not six; the sixth is counted by some who include the summit in Alaska.",
    evidence: [
      { source: "meetings", stance: "refutes", locator: "Rows 3 to 19", shows: "Eight calls, five meetings." },
      {
        source: "remarks",
        stance: "gives_context",
        shows: "The president speaks of many meetings and gives no number.",
      },
    ],
    holder: "first",
    reaches: "approved",
  },
  {
    quotes: ["six meetings of Mr. Witkoff with the Russian president"],
    statement: "Witkoff met Putin six times.",
    verdict: "False",
    confidence: "medium",
    rationale: "Five meetings are on record between January and November 2025.",
    evidence: [
      {
        source: "meetings",
        stance: "refutes",
        locator: "Rows 4, 6, 9, 11 and 15",
        shows: "Five meetings with their dates.",
      },
    ],
    wording: { words: "five meetings of Mr. Witkoff with the Russian president", note: "", accepted: true },
    holder: "second",
    reaches: "in_review",
  },
  {
    quotes: ["one summit of the two presidents, held in Alaska in August"],
    statement: "The two presidents met once in person, in Alaska in August 2025.",
    holder: "first",
    verdict: "Verified",
    reaches: "in_check",
  },
  {
    quotes: [
      "the United States placed sanctions on Russia’s two largest oil companies, the first such step of his second term",
    ],
    statement: "In October 2025 the United States sanctioned Russia’s two largest oil companies.",
    verdict: "Verified",
    confidence: "high",
    rationale: "The Treasury’s own record names both companies and the day.",
    evidence: [{ source: "sanctions", stance: "supports", shows: "Names Rosneft and Lukoil." }],
    holder: "second",
    reaches: "stale",
  },
  {
    quotes: ["Deliveries of American weapons to Ukraine never stopped for a single day this year."],
    statement: "American arms deliveries to Ukraine were not interrupted in 2025.",
    verdict: "False",
    confidence: "high",
    rationale:
      "Military aid was paused for some days in March 2025, which was announced and widely reported at the time.",
    evidence: [{ source: "pause", stance: "refutes", shows: "A pause of several days in March." }],
    wording: {
      words:
        "Deliveries of American weapons to Ukraine were paused for some days in March, and went on for the rest of the year.",
      note: "The pause was announced, so readers will remember it.",
      accepted: true,
    },
    holder: "first",
    reaches: "approved",
  },
  {
    quotes: ["Andrew Weiss of the Carnegie Endowment judged the policy better than he and others had thought possible"],
    statement: "Andrew Weiss said that American policy had turned out better than he and others had thought possible.",
    claimant: "Andrew S. Weiss",
    verdict: "Needs context",
    confidence: "medium",
    rationale: "He said so before the transcripts were published.",
    evidence: [
      {
        source: "weiss",
        stance: "supports",
        locator: "Third answer",
        shows: "His judgement, made a day before the leak.",
      },
    ],
    holder: "second",
    reaches: "returned",
    reason:
      "The interview is dated the 26th, a day after the transcripts. Which is right? Please give the time of the interview.",
  },
  {
    quotes: ["More than half of Ukrainians now say that they would accept a settlement along the lines of the plan."],
    statement: "More than half of Ukrainians would accept a settlement along the lines of the plan.",
    reaches: "open",
  },
  {
    quotes: ["nobody had gone through it in detail with Russia"],
    statement:
      "According to Ushakov, the American plan had not been discussed with Russia in detail by 26 November 2025.",
    claimant: "Yuri Ushakov",
    verdict: "Verified",
    confidence: "medium",
    rationale:
      "Reuters reports the remark as made to a Russian reporter; it agrees with what he told others on the same day.",
    evidence: [{ source: "ushakov", stance: "supports", shows: "The remark, with speaker and day." }],
    holder: "first",
    reaches: "in_review",
  },
];
