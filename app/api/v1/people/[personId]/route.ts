import { endpoints } from "@/lib/domain/endpoints";
import { updatePerson } from "@/lib/server/people";
import { route } from "@/lib/server/route";

export const PATCH = route(endpoints.updatePerson, ({ actor, params, version, body }) =>
  updatePerson(actor, params.personId, version, body),
);
