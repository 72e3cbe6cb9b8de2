import type { ShownUser } from '../../api/management.ts';
import { Badge } from '../../components/page.tsx';

/** What a user's state is: whether the email is verified, and whether the user is blocked. */
export function UserBadges({
  user: { email_verified: isVerified, blocked: isBlocked },
}: {
  readonly user: Pick<ShownUser, 'email_verified' | 'blocked'>;
}) {
  return (
    <span class="badges">
      {isVerified ? <Badge look="good">Verified</Badge> : <Badge>Not verified</Badge>}
      {isBlocked && <Badge look="bad">Blocked</Badge>}
    </span>
  );
}
