import { endpoints } from "@/lib/domain/endpoints";
import { listPeople } from "@/lib/server/people";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.listPeople, ({ actor }) => listPeople(actor));
