import { describe, expect, test } from "vitest";
import { type Actor, type Role, roles } from "./people";
import {
  decide,
  type Obstacle,
  offeredEvents,
  settlement,
  transitions,
  type WorkflowEvent,
  type WorkflowFacts,
  type WorkflowState,
  workflowEvents,
  workflowStates,
} from "./workflow";

/** A claim that nothing stands in the way of. Nobody here holds it, wrote its verdict or set it aside. */
const facts: WorkflowFacts = {
  state: "open",
  assigneeId: "they",
  verdictById: "they",
  rationaleById: "they",
  setAsideById: "they",
  hasVerdict: true,
  hasRationale: true,
  hasEvidence: true,
  hasOrphan: false,
  openQueries: 0,
  fourEyes: true,
};
const actor = (role: Role): Actor => ({ id: "me", role, name: role, sessionId: "" });

type Who = "stranger" | "holder" | "setter";
const standing: Record<Who, Partial<WorkflowFacts>> = {
  stranger: {},
  holder: { assigneeId: "me" },
  setter: { setAsideById: "me" },
};

/**
 * The table of `product.md` written out a second time, the other way round: for each event and each state that it is possible
 * in, where it leads and who may, as "role" or "role who stands to the claim as".
 */
type Cell = { to: WorkflowState; who: string[] };
const everybody = roles.flatMap((role) => [role, `${role} holder`, `${role} setter`]);
const all = (role: Role) => [role, `${role} holder`, `${role} setter`];
const holders = roles.map((role) => `${role} holder`);
const desk = [...all("editor"), ...all("admin")];
const same = (...states: WorkflowState[]) =>
  Object.fromEntries(states.map((state) => [state, { to: state, who: desk }]));

const expected: Record<WorkflowEvent, Partial<Record<WorkflowState, Cell>>> = {
  take: { open: { to: "in_check", who: everybody } },
  assign: {
    open: { to: "in_check", who: desk },
    ...same("in_check", "needs_info", "in_review", "returned", "stale"),
  },
  ask: { in_check: { to: "needs_info", who: holders } },
  resume: { needs_info: { to: "in_check", who: holders } },
  submit: {
    in_check: { to: "in_review", who: [...desk, "reviewer holder"] },
    returned: { to: "in_review", who: [...desk, "reviewer holder"] },
    stale: { to: "in_review", who: [...desk, "reviewer holder"] },
  },
  withdraw: { in_review: { to: "in_check", who: holders } },
  return: { in_review: { to: "returned", who: all("editor") } },
  approve: {
    in_review: { to: "approved", who: all("editor") },
    stale: { to: "approved", who: all("editor") },
  },
  set_aside: {
    open: { to: "set_aside", who: everybody },
    in_check: { to: "set_aside", who: all("editor") },
    needs_info: { to: "set_aside", who: all("editor") },
    in_review: { to: "set_aside", who: all("editor") },
    returned: { to: "set_aside", who: all("editor") },
    stale: { to: "set_aside", who: all("editor") },
  },
  reopen: { set_aside: { to: "open", who: [...all("editor"), "reviewer setter", "admin setter"] } },
};

describe("every event in every state by everybody", () => {
  for (const event of workflowEvents)
    for (const state of workflowStates)
      for (const role of roles)
        for (const who of Object.keys(standing) as Who[]) {
          const name = who === "stranger" ? role : `${role} ${who}`;
          const cell = expected[event][state];
          const outcome = !cell ? "wrong_state" : cell.who.includes(name) ? cell.to : "forbidden";
          test(`${name}: ${event} on a claim ${state} → ${outcome}`, () => {
            const decision = decide(actor(role), event, { ...facts, ...standing[who], state });
            if (outcome === "wrong_state" || outcome === "forbidden")
              expect(decision).toEqual({ allowed: false, because: outcome });
            else expect(decision).toEqual({ allowed: true, to: outcome });
          });
        }
});

test("no event and state has two transitions, so that the table says one thing", () => {
  const cells = transitions.flatMap(({ event, from }) => from.map((state) => `${event} ${state}`));
  expect(new Set(cells).size).toBe(cells.length);
});

test("an approved claim is left by nobody: only what it rests on makes it stale", () => {
  for (const role of roles)
    for (const who of Object.values(standing))
      expect(offeredEvents(actor(role), { ...facts, ...who, state: "approved" })).toEqual([]);
});

test("no state but approved is without a way out for an editor", () => {
  for (const state of workflowStates)
    if (state !== "approved") expect(offeredEvents(actor("editor"), { ...facts, state })).not.toEqual([]);
});

describe("what still stands in the way", () => {
  const lacks: [Partial<WorkflowFacts>, Obstacle[]][] = [
    [{}, []],
    [{ hasVerdict: false }, ["verdict"]],
    [{ hasRationale: false }, ["rationale"]],
    [{ hasEvidence: false }, ["evidence"]],
    [{ hasOrphan: true }, ["anchor"]],
    [{ openQueries: 1 }, ["open_query"]],
    [
      { hasVerdict: false, hasRationale: false, hasEvidence: false, hasOrphan: true, openQueries: 2 },
      ["verdict", "rationale", "evidence", "anchor", "open_query"],
    ],
  ];
  const complete: [WorkflowEvent, WorkflowState][] = [
    ["submit", "in_check"],
    ["submit", "returned"],
    ["submit", "stale"],
    ["approve", "in_review"],
    ["approve", "stale"],
  ];
  for (const [event, state] of complete)
    for (const [lack, obstacles] of lacks)
      test(`of ${event} from ${state}: ${obstacles.join(", ") || "nothing"}`, () => {
        const decision = decide(actor("editor"), event, { ...facts, ...lack, state });
        expect(decision).toMatchObject(
          obstacles.length > 0 ? { allowed: false, because: "obstacles", obstacles } : { allowed: true },
        );
      });

  for (const state of ["in_review", "stale"] as const)
    for (const part of ["verdictById", "rationaleById"] as const)
      test(`of approving one's own ${part} (${state}): a second pair of eyes, unless the newsroom does without`, () => {
        const own = { ...facts, state, [part]: "me" };
        expect(decide(actor("editor"), "approve", own)).toMatchObject({ obstacles: ["four_eyes"] });
        expect(decide(actor("editor"), "approve", { ...own, fourEyes: false })).toMatchObject({ allowed: true });
      });

  test("of going on: a query that nobody has answered", () => {
    const waiting = { ...facts, state: "needs_info", assigneeId: "me", openQueries: 1 } as const;
    expect(decide(actor("reviewer"), "resume", waiting)).toMatchObject({ obstacles: ["open_query"] });
  });

  test("is told only to whoever may do it otherwise", () => {
    const lacking = { ...facts, state: "in_review", hasEvidence: false } as const;
    expect(decide(actor("reviewer"), "approve", lacking)).toEqual({ allowed: false, because: "forbidden" });
  });
});

describe("what becomes of an approval by itself", () => {
  const given = { ...facts, approvedById: "editor", matches: true };
  const stories: [string, Partial<typeof given>, WorkflowState | undefined][] = [
    ["approved, and what stands there is what was approved", { state: "approved" }, undefined],
    ["approved, and it is not", { state: "approved", matches: false }, "stale"],
    ["stale, and it is not", { state: "stale", matches: false }, undefined],
    ["stale, and what was approved stands there again", { state: "stale" }, "approved"],
    ["stale, and it is the approver's own verdict now", { state: "stale", verdictById: "editor" }, undefined],
    ["stale, and it is the approver's own rationale now", { state: "stale", rationaleById: "editor" }, undefined],
    [
      "the same in a newsroom without four eyes",
      { state: "stale", verdictById: "editor", fourEyes: false },
      "approved",
    ],
    ["stale, and its words are no longer in the text", { state: "stale", hasOrphan: true }, undefined],
  ];
  for (const [story, change, to] of stories)
    test(`${story}: ${to ?? "nothing"}`, () => expect(settlement({ ...given, ...change })?.to).toBe(to));

  for (const state of workflowStates.filter((state) => state !== "approved" && state !== "stale"))
    test(`a claim ${state}: nothing`, () => {
      for (const matches of [true, false]) expect(settlement({ ...given, state, matches })).toBeUndefined();
    });
});

test("what is offered is what would be decided, with what is in the way", () => {
  for (const state of workflowStates)
    for (const role of roles) {
      const given = { ...facts, state, assigneeId: "me", hasEvidence: false };
      const offered = new Map(offeredEvents(actor(role), given).map(({ event, obstacles }) => [event, obstacles]));
      for (const event of workflowEvents) {
        const decision = decide(actor(role), event, given);
        const obstacles = decision.allowed ? [] : decision.because === "obstacles" ? decision.obstacles : undefined;
        expect(offered.get(event)).toEqual(obstacles);
      }
    }
});
