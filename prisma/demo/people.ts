/**
 * The people of the demo newsroom, offered on its sign-in page with the password that they share. Addresses are of a domain
 * that nobody can own (RFC 2606). In no other newsroom do these accounts exist.
 */
import type { Role } from "@/lib/domain/people";

type DemoPerson = { id: string; name: string; email: string; role: Role };

export const demoPassword = "checked line by line";

export const demoPeople = {
  admin: {
    id: "019aa000-0000-7000-8000-000000000001",
    name: "Amara Okafor",
    email: "amara@desk.example",
    role: "admin",
  },
  editor: {
    id: "019aa000-0000-7000-8000-000000000002",
    name: "Jonas Weiler",
    email: "jonas@desk.example",
    role: "editor",
  },
  firstReviewer: {
    id: "019aa000-0000-7000-8000-000000000003",
    name: "Leila Haddad",
    email: "leila@desk.example",
    role: "reviewer",
  },
  secondReviewer: {
    id: "019aa000-0000-7000-8000-000000000004",
    name: "Tomás Rivas",
    email: "tomas@desk.example",
    role: "reviewer",
  },
} as const satisfies Record<string, DemoPerson>;
