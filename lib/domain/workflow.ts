/**
 * The workflow of a claim: one table of from, event, who, guard, to. The server decides by it, the interface asks it what to offer.
 * It knows neither the database nor the session; whoever calls it brings the facts.
 */
import { z } from "zod";
import type { Actor } from "./people";

export const workflowStates = [
  "open",
  "in_check",
  "needs_info",
  "in_review",
  "returned",
  "approved",
  "stale",
  "set_aside",
] as const;
export const workflowState = z.enum(workflowStates);
export type WorkflowState = z.infer<typeof workflowState>;

/** What a person can do to a claim's state. What the system alone does is in `systemTransitions`. */
export const workflowEvents = [
  "take",
  "assign",
  "ask",
  "resume",
  "submit",
  "withdraw",
  "return",
  "approve",
  "set_aside",
  "reopen",
] as const;
export const workflowEvent = z.enum(workflowEvents);
export type WorkflowEvent = z.infer<typeof workflowEvent>;

export const setAsideReasons = ["opinion", "not_checkable", "duplicate", "cut"] as const;
export const setAsideReason = z.enum(setAsideReasons);

/** The facts of a claim that the table asks for. */
export type WorkflowFacts = {
  state: WorkflowState;
  assigneeId: string | null;
  /** Who gave the rating that stands, and who last wrote the rationale that stands. */
  verdictById: string | null;
  rationaleById: string | null;
  /** Who set it aside, when it is. */
  setAsideById: string | null;
  hasVerdict: boolean;
  hasRationale: boolean;
  hasEvidence: boolean;
  hasOrphan: boolean;
  openQueries: number;
  /** The newsroom's four-eyes rule. */
  fourEyes: boolean;
};

/** What still stands in the way of an event that the person may otherwise do. Each has its words in the interface. */
export const obstacles = ["verdict", "rationale", "evidence", "anchor", "open_query", "no_query", "four_eyes"] as const;
export type Obstacle = (typeof obstacles)[number];

type Who = (actor: Actor, facts: WorkflowFacts) => boolean;
type Transition = {
  event: WorkflowEvent;
  from: readonly WorkflowState[];
  /** `same` leaves the state as it is (another assignee for a claim in work). */
  to: WorkflowState | "same";
  who: Who;
  guard?: (actor: Actor, facts: WorkflowFacts) => Obstacle[];
};

const member: Who = () => true;
const assigner: Who = (actor) => actor.role === "editor" || actor.role === "admin";
const editor: Who = (actor) => actor.role === "editor";
const assignee: Who = (actor, facts) => facts.assigneeId === actor.id;
const submitter: Who = (actor, facts) => assignee(actor, facts) || assigner(actor, facts);
const either =
  (...some: Who[]): Who =>
  (actor, facts) =>
    some.some((who) => who(actor, facts));

const answered = (facts: WorkflowFacts): Obstacle[] => (facts.openQueries > 0 ? ["open_query"] : []);
const complete = (facts: WorkflowFacts): Obstacle[] => [
  ...(facts.hasVerdict ? [] : (["verdict"] as const)),
  ...(facts.hasRationale ? [] : (["rationale"] as const)),
  ...(facts.hasEvidence ? [] : (["evidence"] as const)),
  ...(facts.hasOrphan ? (["anchor"] as const) : []),
  ...answered(facts),
];
const fourEyes = (approverId: string | null, facts: WorkflowFacts): Obstacle[] =>
  facts.fourEyes && isAuthor(approverId, facts) ? ["four_eyes"] : [];

/** Whether this person gave the rating or wrote the rationale. Of nobody known, four eyes cannot be said. */
export const isAuthor = (
  personId: string | null,
  { verdictById, rationaleById }: Pick<WorkflowFacts, "verdictById" | "rationaleById">,
): boolean => personId === null || personId === verdictById || personId === rationaleById;

export const transitions: readonly Transition[] = [
  { event: "take", from: ["open"], to: "in_check", who: member },
  { event: "assign", from: ["open"], to: "in_check", who: assigner },
  { event: "assign", from: ["in_check", "needs_info", "in_review", "returned", "stale"], to: "same", who: assigner },
  {
    event: "submit",
    from: ["in_check", "returned", "stale"],
    to: "in_review",
    who: submitter,
    guard: (_, facts) => complete(facts),
  },
  { event: "ask", from: ["in_check"], to: "needs_info", who: assignee },
  {
    event: "resume",
    from: ["needs_info"],
    to: "in_check",
    who: assignee,
    guard: (_, facts) => answered(facts),
  },
  { event: "withdraw", from: ["in_review"], to: "in_check", who: assignee },
  { event: "return", from: ["in_review"], to: "returned", who: editor },
  {
    event: "approve",
    from: ["in_review", "stale"],
    to: "approved",
    who: editor,
    guard: (actor, facts) => [...complete(facts), ...fourEyes(actor.id, facts)],
  },
  { event: "set_aside", from: ["open"], to: "set_aside", who: member },
  {
    event: "set_aside",
    from: ["in_check", "needs_info", "in_review", "returned", "stale"],
    to: "set_aside",
    who: editor,
  },
  {
    event: "reopen",
    from: ["set_aside"],
    to: "open",
    who: either((actor, facts) => facts.setAsideById === actor.id, editor),
  },
];

/** The facts of an approval that was given. */
export type ApprovalFacts = WorkflowFacts & {
  approvedById: string | null;
  /** What stands there is what was approved. */
  matches: boolean;
};

/**
 * What the system alone does, whenever something that an approval rests on changes: it falls when what stands there is not what
 * was approved, and holds again when it is, as long as it could be given so.
 */
export const systemTransitions = [
  { event: "invalidate", from: "approved", to: "stale", when: ({ matches }: ApprovalFacts) => !matches },
  {
    event: "revalidate",
    from: "stale",
    to: "approved",
    when: (facts: ApprovalFacts) =>
      facts.matches && [...complete(facts), ...fourEyes(facts.approvedById, facts)].length === 0,
  },
] as const satisfies readonly {
  event: string;
  from: WorkflowState;
  to: WorkflowState;
  when: (facts: ApprovalFacts) => boolean;
}[];

/** What has to be done to an approval as things stand; mostly nothing. */
export const settlement = (facts: ApprovalFacts): (typeof systemTransitions)[number] | undefined =>
  systemTransitions.find(({ from, when }) => from === facts.state && when(facts));

/** What came of asking for an event: the new state, or why not. `wrong_state` and `forbidden` are told apart so that the person is. */
export type Decision =
  | { allowed: true; to: WorkflowState }
  | { allowed: false; because: "wrong_state" | "forbidden" }
  | { allowed: false; because: "obstacles"; obstacles: Obstacle[] };

export function decide(actor: Actor, event: WorkflowEvent, facts: WorkflowFacts): Decision {
  const transition = transitions.find((row) => row.event === event && row.from.includes(facts.state));
  if (!transition) return { allowed: false, because: "wrong_state" };
  if (!transition.who(actor, facts)) return { allowed: false, because: "forbidden" };
  const found = transition.guard?.(actor, facts) ?? [];
  if (found.length > 0) return { allowed: false, because: "obstacles", obstacles: found };
  return { allowed: true, to: transition.to === "same" ? facts.state : transition.to };
}

/** The events the person could do now, each with what still stands in its way. */
export function offeredEvents(actor: Actor, facts: WorkflowFacts): { event: WorkflowEvent; obstacles: Obstacle[] }[] {
  return workflowEvents.flatMap((event) => {
    const decision = decide(actor, event, facts);
    if (decision.allowed) return [{ event, obstacles: [] }];
    return decision.because === "obstacles" ? [{ event, obstacles: decision.obstacles }] : [];
  });
}
