import 'dotenv/config';
import cors from 'cors';
import express from 'express';
import { createClient } from 'redis';
import { createAuth0Api, redisReplayStore, requiresAuth } from '@auth0/auth0-express-api';

const app = express();
const port = process.env.PORT || 3002;

// `{}` is all that DPoP needs. What follows is for more than one process, if the environment asks for it.
const dpop = {};

if (process.env.DPOP_NONCE_SECRET) {
  dpop.nonce = { secret: process.env.DPOP_NONCE_SECRET };
}

if (process.env.REDIS_URL) {
  const redis = createClient({ url: process.env.REDIS_URL, disableOfflineQueue: true });
  redis.on('error', (error) => console.error(`Redis: ${error.message}`));
  await redis.connect();
  dpop.replay = redisReplayStore(redis);
}

app.use(
  cors({
    allowedHeaders: ['Authorization', 'Content-Type', 'DPoP'],
    exposedHeaders: ['WWW-Authenticate', 'DPoP-Nonce'],
  }),
);

app.use(createAuth0Api({ dpop }));

app.get('/api/private', requiresAuth(), (req, res) => {
  res.json({
    message: 'Hello! Only the owner of this token could read this.',
    sub: req.auth0.user.sub,
    key: req.auth0.user.cnf?.jkt,
  });
});

app.listen(port, () => {
  console.log(`API server running at http://localhost:${port}`);
});
