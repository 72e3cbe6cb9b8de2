import { Icon, type IconName } from './icon.tsx';

/** What a list calls an item, and the way to its page. A long name is clipped; its title has the whole of it. */
export function ItemName({
  icon,
  href,
  name,
  hint,
}: {
  readonly icon: IconName;
  readonly href: string;
  readonly name: string;
  readonly hint?: string;
}) {
  return (
    <span class="name">
      <span class="tile">
        <Icon name={icon} />
      </span>
      <span>
        <a class="clipped" href={href} title={name}>
          {name}
        </a>
        {hint && (
          <span class="hint clipped" title={hint}>
            {hint}
          </span>
        )}
      </span>
    </span>
  );
}
