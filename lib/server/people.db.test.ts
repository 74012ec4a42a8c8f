import { beforeEach, describe, expect, test } from "vitest";
import { emptyTables } from "../../scripts/empty-tables";
import { type Actor, type Role, roles } from "../domain/people";
import { database } from "./db";
import { environment } from "./env";
import { newId } from "./ids";
import {
  acceptInvitation,
  createInvitation,
  createPasswordLink,
  findInvitation,
  listInvitations,
  renewPassword,
  revokeInvitation,
} from "./invitations";
import { ensureNewsroom, getNewsroom } from "./newsroom";
import { hashPassword, verifyPassword } from "./passwords";
import {
  changePassword,
  getPerson,
  isUnclaimed,
  listPeople,
  setUpNewsroom,
  signOutPerson,
  updatePerson,
} from "./people";
import { findActor, startSession } from "./session";

const password = "seven quiet dogs";
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code ?? error,
  );
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

let hash: string;
let admin: Actor;
let editor: Actor;
let reviewer: Actor;

async function addPerson(role: Role, name = `The ${role}`): Promise<Actor> {
  const id = newId();
  await database().user.create({ data: { id, email: `${id}@desk.example`, name, role, passwordHash: hash } });
  return { id, name, role, sessionId: "" };
}

const lines = async () =>
  (await database().auditEvent.findMany({ orderBy: { id: "asc" } })).map(({ action }) => action);

beforeEach(async () => {
  await emptyTables();
  hash ??= await hashPassword(password);
  await ensureNewsroom(database(), { name: "The Herald" });
  admin = await addPerson("admin");
  editor = await addPerson("editor");
  reviewer = await addPerson("reviewer");
});

describe("who may do what", () => {
  const others = { reviewer: () => reviewer, editor: () => editor, admin: () => admin };
  const onlyAdmins: [string, (actor: Actor) => Promise<unknown>][] = [
    ["see everybody", (actor) => listPeople(actor)],
    ["change a role", (actor) => updatePerson(actor, editor.id, 1, { role: "reviewer" })],
    ["disable", (actor) => updatePerson(actor, editor.id, 1, { disabled: true })],
    ["see invitations", (actor) => listInvitations(actor)],
    ["invite", (actor) => createInvitation(actor, { id: newId(), role: "reviewer", email: null })],
    ["make a password link", (actor) => createPasswordLink(actor, editor.id)],
    ["take an invitation back", (actor) => revokeInvitation(actor, newId())],
  ];

  test.each(onlyAdmins.flatMap(([what, act]) => roles.map((role) => [role, what, act] as const)))(
    "%s: %s",
    async (role, _, act) => {
      // An own editor for those whose subject is the editor.
      const actor = role === "editor" ? await addPerson("editor") : others[role]();
      expect(await codeOf(act(actor))).toBe(role === "admin" ? "done" : "forbidden");
    },
  );

  test.each(roles)("%s: one's own name, account and sessions, and only an admin anybody's", async (role) => {
    const actor = await addPerson(role);
    const allowed = role === "admin" ? "done" : "forbidden";
    expect(await codeOf(getPerson(actor, actor.id))).toBe("done");
    expect(await codeOf(getPerson(actor, reviewer.id))).toBe(allowed);
    expect(await codeOf(updatePerson(actor, actor.id, 1, { name: "Another Name" }))).toBe("done");
    expect(await codeOf(updatePerson(actor, reviewer.id, 1, { name: "Another Name" }))).toBe(allowed);
    expect(await codeOf(signOutPerson(actor, actor.id))).toBe("done");
    expect(await codeOf(signOutPerson(actor, reviewer.id))).toBe(allowed);
  });

  test("a name is no way around the rest: together with a role it needs an admin", async () => {
    const patch = { name: "Another Name", role: "admin" } as const;
    expect(await codeOf(updatePerson(reviewer, reviewer.id, 1, patch))).toBe("forbidden");
  });
});

describe("changing a person", () => {
  test("takes effect at the next request", async () => {
    const session = await startSession(database(), reviewer.id);
    expect(await findActor(database(), session)).toMatchObject({ role: "reviewer" });
    const changed = await updatePerson(admin, reviewer.id, 1, { role: "editor" });
    expect(changed).toMatchObject({ role: "editor", version: 2, sessions: 1 });
    expect(await findActor(database(), session)).toMatchObject({ role: "editor" });
    await updatePerson(admin, reviewer.id, 2, { disabled: true });
    expect(await findActor(database(), session)).toBeNull();
  });

  test("enabling somebody again does not bring their sessions back", async () => {
    const session = await startSession(database(), reviewer.id);
    await updatePerson(admin, reviewer.id, 1, { disabled: true });
    const enabled = await updatePerson(admin, reviewer.id, 2, { disabled: false });
    expect(enabled).toMatchObject({ disabledAt: null, sessions: 0 });
    expect(await findActor(database(), session)).toBeNull();
  });

  test("on a stale version is a conflict that shows the person as they are, and changes nothing", async () => {
    await updatePerson(admin, reviewer.id, 1, { name: "First" });
    expect(await refusalOf(updatePerson(admin, reviewer.id, 1, { disabled: true }))).toMatchObject({
      code: "conflict",
      details: { current: { name: "First", version: 2, disabledAt: null } },
    });
    expect(await getPerson(admin, reviewer.id)).toMatchObject({ disabledAt: null });
  });

  test("somebody who is not there is not found", async () => {
    expect(await codeOf(updatePerson(admin, newId(), 1, { role: "editor" }))).toBe("not_found");
    expect(await codeOf(signOutPerson(admin, newId()))).toBe("not_found");
    expect(await codeOf(createPasswordLink(admin, newId()))).toBe("not_found");
  });

  test("nobody disables themselves, and the last admin stays one", async () => {
    expect(await refusalOf(updatePerson(admin, admin.id, 1, { disabled: true }))).toMatchObject({
      code: "invalid",
      message: expect.stringContaining("your own account"),
    });
    expect(await refusalOf(updatePerson(admin, admin.id, 1, { role: "editor" }))).toMatchObject({
      code: "invalid",
      message: expect.stringContaining("last admin"),
    });
    const second = await addPerson("admin");
    await updatePerson(admin, second.id, 1, { disabled: true });
    expect(await codeOf(updatePerson(admin, admin.id, 1, { role: "editor" }))).toBe("invalid");
    await updatePerson(admin, second.id, 2, { disabled: false });
    expect(await codeOf(updatePerson(admin, admin.id, 1, { role: "editor" }))).toBe("done");
  });

  test("two admins who demote each other at the same moment leave one", async () => {
    const second = await addPerson("admin");
    const outcomes = await Promise.all([
      codeOf(updatePerson(admin, second.id, 1, { role: "reviewer" })),
      codeOf(updatePerson(second, admin.id, 1, { role: "reviewer" })),
    ]);
    expect(outcomes.toSorted()).toEqual(["done", "invalid"]);
    expect(await database().user.count({ where: { role: "admin" } })).toBe(1);
  });

  test("sign-out everywhere ends every session and says how many", async () => {
    const sessions = [await startSession(database(), reviewer.id), await startSession(database(), reviewer.id)];
    await signOutPerson(admin, reviewer.id);
    for (const session of sessions) expect(await findActor(database(), session)).toBeNull();
    const [event] = await database().auditEvent.findMany({ where: { action: "person.signed_out" } });
    expect(event?.data).toEqual({ personId: reviewer.id, sessions: 2 });
  });

  test("the record names what changed, and no address", async () => {
    await updatePerson(admin, reviewer.id, 1, { role: "editor", name: "New Name" });
    const [event] = await database().auditEvent.findMany();
    expect(event).toMatchObject({
      actorId: admin.id,
      action: "person.updated",
      data: { personId: reviewer.id, role: ["reviewer", "editor"] },
    });
    expect(JSON.stringify(event?.data)).not.toMatch(/@|New Name/);
  });

  test("when somebody was last seen is kept after their sessions are gone", async () => {
    const session = await startSession(database(), reviewer.id);
    const later = new Date(Date.now() + 3_600_000);
    await findActor(database(), session, later);
    await findActor(database(), session, new Date(later.getTime() + 30_000));
    await signOutPerson(admin, reviewer.id);
    expect(await getPerson(admin, reviewer.id)).toMatchObject({ lastSeenAt: later.toISOString(), sessions: 0 });
  });
});

describe("one's own password", () => {
  const next = "nine patient herons";

  test("is changed by who knows it; every other session ends", async () => {
    const here = await startSession(database(), reviewer.id);
    const elsewhere = await startSession(database(), reviewer.id);
    const actor = await findActor(database(), here);
    await changePassword(actor as Actor, { current: password, next });
    expect(await findActor(database(), here)).not.toBeNull();
    expect(await findActor(database(), elsewhere)).toBeNull();
    const { passwordHash } = await database().user.findUniqueOrThrow({ where: { id: reviewer.id } });
    expect(await verifyPassword(passwordHash, next)).toBe(true);
    expect(await verifyPassword(passwordHash, password)).toBe(false);
    expect(await lines()).toEqual(["person.password_changed"]);
  });

  test.each([
    ["a wrong present one", { current: "something else", next }, "current"],
    ["a common new one", { current: password, next: "password2026!" }, "next"],
    ["the person's own name", { current: password, next: "the reviewer" }, "next"],
    ["the newsroom's name", { current: password, next: "theherald2026" }, "next"],
  ])("%s is refused at its field", async (_, input, field) => {
    expect(await refusalOf(changePassword(reviewer, input))).toMatchObject({
      code: "invalid",
      details: { fields: [{ path: field }] },
    });
  });

  test("cannot be guessed without end by who found a session", async () => {
    for (let i = 0; i < 10; i++) await codeOf(changePassword(editor, { current: `guess number ${i}`, next }));
    expect(await codeOf(changePassword(editor, { current: password, next }))).toBe("rate_limited");
  });

  test("cannot be set where there is none: an outside identity let the person in", async () => {
    await database().user.update({ where: { id: reviewer.id }, data: { passwordHash: null } });
    expect(await codeOf(changePassword(reviewer, { current: "", next }))).toBe("invalid");
  });
});

describe("invitations", () => {
  const tokenOf = ({ url }: { url: string | null }) => url?.split("/").at(-1) ?? "";
  const invite = (role: Role = "editor", email: string | null = null) =>
    createInvitation(admin, { id: newId(), role, email });
  const account = (token: string, email = "leila@desk.example") => ({ token, name: "Leila Haddad", email, password });

  test("a link makes one account with the role it was made for", async () => {
    const invitation = await invite("editor");
    expect(invitation.url).toMatch(/^http:\/\/localhost:3000\/join\/[\w-]{43}$/);
    await acceptInvitation(account(tokenOf(invitation)));
    const made = await database().user.findUniqueOrThrow({ where: { email: "leila@desk.example" } });
    expect(made).toMatchObject({ name: "Leila Haddad", role: "editor" });
    expect(await codeOf(acceptInvitation(account(tokenOf(invitation), "other@desk.example")))).toBe("not_found");
    expect(await lines()).toEqual(["invitation.created", "invitation.accepted"]);
  });

  test("of two who use a link at the same moment one gets an account", async () => {
    const token = tokenOf(await invite());
    const outcomes = await Promise.all([
      codeOf(acceptInvitation(account(token, "one@desk.example"))),
      codeOf(acceptInvitation(account(token, "two@desk.example"))),
    ]);
    expect(outcomes.toSorted()).toEqual(["done", "not_found"]);
    expect(await database().user.count()).toBe(4);
  });

  test("the link is shown once, and the database does not hold it", async () => {
    const invitation = await invite();
    expect((await listInvitations(admin))[0]).toMatchObject({ id: invitation.id, url: null });
    const row = await database().invitation.findUniqueOrThrow({ where: { id: invitation.id } });
    expect(JSON.stringify(row)).not.toContain(tokenOf(invitation));
  });

  test("a repeated request gives the same link and one invitation; another admin's is refused", async () => {
    const input = { id: newId(), role: "editor", email: null } as const;
    const [first, second] = [await createInvitation(admin, input), await createInvitation(admin, input)];
    expect(second.url).toBe(first.url);
    expect(await database().invitation.count()).toBe(1);
    expect(await lines()).toEqual(["invitation.created"]);
    expect(await codeOf(createInvitation(await addPerson("admin"), input))).toBe("duplicate");
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    [
      "too old",
      (id) => database().invitation.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } }),
    ],
    ["taken back", (id) => revokeInvitation(admin, id)],
    [
      "by an admin who was disabled since",
      () => database().user.update({ where: { id: admin.id }, data: { disabledAt: new Date() } }),
    ],
    [
      "by an admin who is none any more",
      () => database().user.update({ where: { id: admin.id }, data: { role: "editor" } }),
    ],
  ])("one that is %s opens nothing", async (_, spoil) => {
    const invitation = await invite();
    await spoil(invitation.id);
    expect(await findInvitation(tokenOf(invitation))).toBeNull();
    expect(await codeOf(acceptInvitation(account(tokenOf(invitation))))).toBe("not_found");
    expect(await database().user.count()).toBe(3);
  });

  test("a token that is none opens nothing", async () => {
    await invite();
    for (const token of ["", "x", "\u0000", '{"not":""}']) expect(await findInvitation(token)).toBeNull();
  });

  test("one for an address makes an account for no other", async () => {
    const token = tokenOf(await invite("reviewer", "leila@desk.example"));
    expect(await refusalOf(acceptInvitation(account(token, "other@desk.example")))).toMatchObject({
      code: "invalid",
      details: { fields: [{ path: "email" }] },
    });
    expect(await codeOf(acceptInvitation(account(token)))).toBe("done");
  });

  test("an address that has an account is said so, and the link is not used up by it", async () => {
    const taken = `${reviewer.id}@desk.example`;
    expect(await codeOf(invite("editor", taken))).toBe("duplicate");
    const token = tokenOf(await invite());
    expect(await codeOf(acceptInvitation(account(token, taken)))).toBe("duplicate");
    expect(await codeOf(acceptInvitation(account(token)))).toBe("done");
  });

  test("a weak password is refused, and the link is not used up by it", async () => {
    const token = tokenOf(await invite());
    expect(await codeOf(acceptInvitation({ ...account(token), password: "leilahaddad1" }))).toBe("invalid");
    expect(await findInvitation(token)).not.toBeNull();
  });

  test("taking back: twice is no error, a used one is", async () => {
    const { id } = await invite();
    expect(await codeOf(revokeInvitation(admin, id))).toBe("done");
    expect(await codeOf(revokeInvitation(admin, id))).toBe("done");
    const used = await invite();
    await acceptInvitation(account(tokenOf(used)));
    expect(await codeOf(revokeInvitation(admin, used.id))).toBe("invalid");
  });

  test("the record holds neither token nor address", async () => {
    const invitation = await invite("reviewer", "leila@desk.example");
    await acceptInvitation(account(tokenOf(invitation)));
    const data = JSON.stringify((await database().auditEvent.findMany()).map((event) => event.data));
    expect(data).not.toMatch(/@/);
    expect(data).not.toContain(tokenOf(invitation));
  });

  describe("a link for a new password", () => {
    const renewed = "nine patient herons";

    test("sets it once, and every session of the account ends", async () => {
      const session = await startSession(database(), reviewer.id);
      const link = await createPasswordLink(admin, reviewer.id);
      expect(link).toMatchObject({ person: { id: reviewer.id }, email: null });
      expect(await codeOf(renewPassword({ token: tokenOf(link), password: renewed }))).toBe("done");
      expect(await findActor(database(), session)).toBeNull();
      const { passwordHash } = await database().user.findUniqueOrThrow({ where: { id: reviewer.id } });
      expect(await verifyPassword(passwordHash, renewed)).toBe(true);
      expect(await codeOf(renewPassword({ token: tokenOf(link), password: renewed }))).toBe("not_found");
      expect(await lines()).toEqual(["person.password_link_created", "person.password_renewed"]);
    });

    test("makes no account, and an invitation sets no password", async () => {
      const link = await createPasswordLink(admin, reviewer.id);
      expect(await codeOf(acceptInvitation(account(tokenOf(link))))).toBe("not_found");
      expect(await codeOf(renewPassword({ token: tokenOf(await invite()), password: renewed }))).toBe("not_found");
    });

    test("is not made for somebody disabled, and not good once they are", async () => {
      const link = await createPasswordLink(admin, reviewer.id);
      await updatePerson(admin, reviewer.id, 1, { disabled: true });
      expect(await codeOf(renewPassword({ token: tokenOf(link), password: renewed }))).toBe("not_found");
      expect(await codeOf(createPasswordLink(admin, reviewer.id))).toBe("invalid");
    });

    test("ends with every other one that is open, by whatever way the password changes or the account is shut", async () => {
      const [first, second] = [
        await createPasswordLink(admin, reviewer.id),
        await createPasswordLink(admin, reviewer.id),
      ];
      expect(await codeOf(renewPassword({ token: tokenOf(first), password: renewed }))).toBe("done");
      expect(await codeOf(renewPassword({ token: tokenOf(second), password }))).toBe("not_found");

      const third = await createPasswordLink(admin, reviewer.id);
      await changePassword(reviewer, { current: renewed, next: password });
      expect(await codeOf(renewPassword({ token: tokenOf(third), password: renewed }))).toBe("not_found");

      const fourth = await createPasswordLink(admin, reviewer.id);
      const { version } = await getPerson(admin, reviewer.id);
      await updatePerson(admin, reviewer.id, version, { disabled: true });
      await updatePerson(admin, reviewer.id, version + 1, { disabled: false });
      expect(await codeOf(renewPassword({ token: tokenOf(fourth), password: renewed }))).toBe("not_found");
    });
  });
});

describe("set-up", () => {
  const token = "the token on the terminal";
  const input = { token, newsroom: "The Courier", name: "Ada Lind", email: "ada@desk.example", password };

  beforeEach(async () => {
    await emptyTables();
    Object.assign(environment(), { CLAIMDESK_SETUP_TOKEN: token });
  });

  test("makes the newsroom, its scale and the first admin, once", async () => {
    expect(await isUnclaimed()).toBe(true);
    await setUpNewsroom(input);
    const ada = await database().user.findUniqueOrThrow({ where: { email: "ada@desk.example" } });
    expect(ada).toMatchObject({ role: "admin", name: "Ada Lind" });
    const actor: Actor = { id: ada.id, name: ada.name, role: ada.role, sessionId: "" };
    expect(await getNewsroom(actor)).toEqual({ name: "The Courier", fourEyes: true, demo: false, version: 1 });
    expect(await database().rating.count()).toBe(5);
    expect(await lines()).toEqual(["newsroom.set_up"]);
    expect(await isUnclaimed()).toBe(false);
    expect(await codeOf(setUpNewsroom({ ...input, email: "eve@desk.example" }))).toBe("not_found");
  });

  test("of two at the same moment one wins, and one admin is made", async () => {
    const outcomes = await Promise.all([
      codeOf(setUpNewsroom(input)),
      codeOf(setUpNewsroom({ ...input, email: "eve@desk.example" })),
    ]);
    expect(outcomes.toSorted()).toEqual(["done", "not_found"]);
    expect(await database().user.count()).toBe(1);
    expect(await database().rating.count()).toBe(5);
  });

  test.each(["", "the token on the termina", "the token on the terminal ", "another"])(
    "the token %j is not it",
    async (wrong) => {
      expect(await codeOf(setUpNewsroom({ ...input, token: wrong }))).toBe("forbidden");
      expect(await isUnclaimed()).toBe(true);
    },
  );

  test("without a token on the server nobody gets in, not even with an empty one", async () => {
    Object.assign(environment(), { CLAIMDESK_SETUP_TOKEN: undefined });
    expect(await codeOf(setUpNewsroom({ ...input, token: "" }))).toBe("forbidden");
  });

  test("a weak password is refused", async () => {
    expect(await codeOf(setUpNewsroom({ ...input, password: "thecourier99" }))).toBe("invalid");
    expect(await isUnclaimed()).toBe(true);
  });
});
