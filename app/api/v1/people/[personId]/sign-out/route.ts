import { endpoints } from "@/lib/domain/endpoints";
import { signOutPerson } from "@/lib/server/people";
import { route } from "@/lib/server/route";

export const POST = route(endpoints.signOutPerson, ({ actor, params }) => signOutPerson(actor, params.personId));
