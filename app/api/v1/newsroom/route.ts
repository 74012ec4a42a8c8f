import { endpoints } from "@/lib/domain/endpoints";
import { getNewsroom, updateNewsroom } from "@/lib/server/newsroom";
import { route } from "@/lib/server/route";

export const GET = route(endpoints.getNewsroom, ({ actor }) => getNewsroom(actor));
export const PATCH = route(endpoints.updateNewsroom, ({ actor, version, body }) =>
  updateNewsroom(actor, version, body),
);
