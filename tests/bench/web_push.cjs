// node web_push.cjs FOLDER_OF_node_modules CERTIFICATE PORT HOST COUNT PAYLOAD: Node's web-push, 32 at once on kept connections.
const { createECDH, randomBytes } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { Agent } = require('node:https');
const { join } = require('node:path');

const [folder, certificate, port, host, count, payload] = process.argv.slice(2);
const push = require(join(folder, 'web-push'));
const { publicKey, privateKey } = push.generateVAPIDKeys();
const here = (_host, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
const agent = new Agent({ keepAlive: true, maxSockets: 32, ca: readFileSync(certificate), lookup: here });
const options = { vapidDetails: { subject: 'mailto:care@ippo.example', publicKey, privateKey }, TTL: 600, agent };
const devices = Array.from({ length: 200 }, (_, number) => ({
  endpoint: `https://${host}:${port}/wpush/v2/${String(number).repeat(40)}`,
  keys: { p256dh: createECDH('prime256v1').generateKeys().toString('base64url'),
    auth: randomBytes(16).toString('base64url') },
}));
let next = 0;
let sent = 0;
const work = async () => {
  while (next < Number(count)) {
    const answer = await push.sendNotification(devices[next++ % 200], payload, options);
    if (answer.statusCode === 201) sent += 1;
  }
};
(async () => {
  const [begun, before] = [Date.now(), process.cpuUsage()];
  await Promise.all(Array.from({ length: 32 }, work));
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ sent, us: (user + system) / sent, per_second: (sent / (Date.now() - begun)) * 1000 }));
  process.exit(0);
})();
