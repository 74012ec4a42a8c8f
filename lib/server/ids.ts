/** New ids that the server makes: UUID version 7, in order of time (RFC 9562). */
import "server-only";
import { v7 } from "uuid";

export const newId = (): string => v7();
