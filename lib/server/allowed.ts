/** For pages: turns a use case's refusal into what a page shows. Decides nothing itself. */
import "server-only";
import { notFound } from "next/navigation";
import { AppError } from "../domain/errors";

/** What `read` gives, or null when the person's role does not allow it; what is not there is the page for that. */
export async function ifAllowed<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return null;
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
