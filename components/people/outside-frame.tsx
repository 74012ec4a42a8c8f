import type { ReactNode } from "react";
import { BrandMark } from "@/components/frame/brand";

type Props = {
  /** The newsroom's name, once it has one. */
  newsroom?: string | null;
  title: ReactNode;
  intro?: ReactNode;
  children: ReactNode;
};

/** The frame of the screens for those who are not signed in: one column, nothing around it. */
export function OutsideFrame({ newsroom, title, intro, children }: Props) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-104 flex-col justify-center px-5 py-10">
      <p className="mb-6 flex items-center gap-2.5 text-lg font-bold">
        <BrandMark className="size-8" />
        <span>
          Claimdesk
          {newsroom && <span className="block text-sm font-normal text-ink-2">{newsroom}</span>}
        </span>
      </p>
      <h1 className="font-serif text-2xl font-semibold tracking-tight">{title}</h1>
      {intro && <p className="mt-1 text-ink-2">{intro}</p>}
      <div className="mt-5 grid gap-4">{children}</div>
    </main>
  );
}
