/** Patchboard's mark: two jacks of a patch board and the cord between them. The same drawing as `public/icon.svg`. */
export function Mark() {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className="size-6 shrink-0" fill="none" strokeWidth="2" strokeLinecap="round">
      <path d="M6 9v3a6 6 0 0 0 12 0v-1.5" className="stroke-accent" />
      <circle cx="6" cy="6" r="2.5" className="stroke-accent" />
      <circle cx="18" cy="8" r="2.5" className="fill-accent stroke-accent" />
    </svg>
  );
}
