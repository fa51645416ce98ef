// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct peer {
	char name[12];
	u64 packets;
	struct list_head node;
};

struct hub {
	struct mutex lock;
	struct list_head peers;
	u32 threshold;
	int shown, opened;
	u8 firmware[6];
	struct debugfs_blob_wrapper blob;
};

static void *peers_start(struct seq_file *m, long *pos)
{
	struct hub *hub = m->private;

	mutex_lock(&hub->lock);
	return seq_list_start(&hub->peers, *pos);
}

static void *peers_next(struct seq_file *m, void *v, long *pos)
{
	struct hub *hub = m->private;

	return seq_list_next(v, &hub->peers, pos);
}

static void peers_stop(struct seq_file *m, void *v)
{
	struct hub *hub = m->private;

	mutex_unlock(&hub->lock);
}

static int peers_show(struct seq_file *m, void *v)
{
	struct hub *hub = m->private;
	struct peer *peer = container_of((struct list_head *)v, struct peer, node);

	hub->shown++;
	if (peer->packets < hub->threshold)
		return 1;
	seq_puts(m, peer->name);
	seq_put_decimal_ull(m, "=", peer->packets);
	seq_puts(m, "\n");
	return 0;
}

static const struct seq_operations peers_sops = {peers_start, peers_stop, peers_next, peers_show};

static int peers_open(struct inode *inode, struct file *file)
{
	int ret = seq_open(file, &peers_sops);

	if (!ret) {
		struct seq_file *m = file->private_data;

		m->private = inode->i_private;
		((struct hub *)m->private)->opened++;
	}
	return ret;
}

static long peers_write(struct file *file, const char *buf, size_t count, long *pos)
{
	struct hub *hub = ((struct seq_file *)file->private_data)->private;
	unsigned packets;
	int ret = kstrtouint(buf, 10, &packets);

	if (ret)
		return ret;
	for (struct list_head *at = hub->peers.next; at != &hub->peers; at = at->next)
		container_of(at, struct peer, node)->packets += packets;
	*pos += count;
	report(hub->threshold);
	report(hub->shown * 10 + hub->opened);
	return count;
}

static const struct file_operations peers_fops = {peers_open, peers_write, seq_release};

static int hub_probe(void)
{
	static const char *const names[] = {"left", "right", "upstream"};
	struct hub *hub = kzalloc(sizeof(*hub), 0);
	struct dentry *dir = debugfs_create_dir("hub");

	hub->peers.next = hub->peers.prev = &hub->peers;
	for (int i = 0; i < 3; i++) {
		struct peer *peer = kzalloc(sizeof(*peer), 0);

		memcpy(peer->name, names[i], i == 2 ? 9 : 5 + i);
		peer->packets = 7 + 800 * i;
		peer->node.next = &hub->peers;
		peer->node.prev = hub->peers.prev;
		hub->peers.prev->next = &peer->node;
		hub->peers.prev = &peer->node;
	}
	for (int i = 0; i < 6; i++)
		hub->firmware[i] = 0x30 + i;
	hub->blob.data = hub->firmware;
	hub->blob.size = sizeof(hub->firmware);
	hub->threshold = 5;
	debugfs_create_file("peers", 0600, dir, hub, &peers_fops);
	debugfs_create_u32("threshold", 0600, dir, &hub->threshold);
	debugfs_create_blob("firmware", 0400, dir, &hub->blob);
	return 0;
}

module_init(hub_probe);
