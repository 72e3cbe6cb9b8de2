import { useEffect, useState } from 'preact/hooks';
import { describeSeconds } from './describe-seconds.ts';
import type { TestToken } from './use-test-token.ts';

/** How long a token is good for from now on. */
export function Expiry({ token }: { readonly token: TestToken }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((token.taken_at - now) / 1000) + token.expires_in;
  return seconds > 0 ? <>Expires in {describeSeconds(seconds)}</> : <strong>Expired</strong>;
}
