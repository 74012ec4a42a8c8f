/** Loaded before a thread's code outside of Next.js: tsx teaches TypeScript to the main thread only, unless it is told to. */
import { register } from "tsx/esm/api";

register();
