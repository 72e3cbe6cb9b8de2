import type { ComponentChildren } from 'preact';

/** A step of a quickstart; its number comes from the list it stands in. */
export function Step({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <li class="step">
      <h2>{title}</h2>
      {children}
    </li>
  );
}
