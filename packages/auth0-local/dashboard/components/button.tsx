import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface Look {
  /** `primary`: what the page is for, one at a time. `danger`: what cannot be undone. `quiet`: beside the others. */
  readonly look?: 'primary' | 'secondary' | 'danger' | 'quiet';
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}

interface ButtonProps extends Look {
  readonly type?: 'button' | 'submit';
  readonly onClick?: (event: MouseEvent) => void;
  readonly isDisabled?: boolean;
  /** While what it began goes on: it stays where it is, and cannot be pressed again. */
  readonly isBusy?: boolean;
  /** Says more than what is written on it. */
  readonly label?: string;
}

/** A button. */
export function Button({
  look = 'secondary',
  type = 'button',
  icon,
  onClick,
  isDisabled,
  isBusy,
  label,
  children,
}: ButtonProps) {
  return (
    <button
      class={`button ${look}`}
      type={type}
      onClick={(event) => {
        if (!isBusy) onClick?.(event);
        else event.preventDefault();
      }}
      disabled={isDisabled}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      aria-label={label}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A link that looks like a button: it leads somewhere. */
export function LinkButton({ look = 'secondary', icon, href, children }: Look & { readonly href: string }) {
  return (
    <a class={`button ${look}`} href={href}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}

/** A button with a picture only; its label says what it does. */
export function IconButton({
  icon,
  label,
  onClick,
  isDisabled,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly isDisabled?: boolean;
}) {
  return (
    <button
      class="icon-button"
      type="button"
      onClick={onClick}
      disabled={isDisabled}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  );
}
