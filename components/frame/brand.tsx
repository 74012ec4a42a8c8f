/** The mark: a line of text, highlighted and ticked. The same drawing as `app/icon.svg`, in the ink of the theme. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect x="3" y="2" width="26" height="28" rx="5" fill="var(--accent)" />
      <path d="M9 9.5h14M9 24h9" stroke="var(--paper)" strokeOpacity=".55" strokeWidth="2.4" strokeLinecap="round" />
      <rect x="7" y="13" width="18" height="7" rx="2" fill="var(--context-bg)" />
      <path
        d="m12.4 16.6 2.4 2.3 4.8-5.2"
        fill="none"
        stroke="var(--verified)"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
