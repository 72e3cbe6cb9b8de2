import 'dotenv/config';
import express from 'express';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';

const app = express();
app.use(createAuth0Api()); // reads AUTH0_DOMAIN and AUTH0_AUDIENCE

app.get('/api/public', (req, res) => {
  res.json({ message: 'Everybody reads this.' });
});

app.get('/api/private', requiresAuth(), (req, res) => {
  res.json({ message: 'Hello', sub: req.auth0.user.sub });
});

app.get('/api/messages', requiresAuth({ scopes: 'read:messages' }), (req, res) => {
  res.json({ messages: [] });
});

app.listen(process.env.PORT || 3001);
