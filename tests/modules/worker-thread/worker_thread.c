// SPDX-License-Identifier: MIT
// A thread of the module's own takes numbers from a list, and adds them up under a lock. Whoever reads the
// device waits until it has taken all.
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

struct job {
	struct list_head list;
	long number;
};

static LIST_HEAD(jobs);
static DEFINE_MUTEX(lock);
static DECLARE_WAIT_QUEUE_HEAD(wait);
static struct task_struct *worker;
static long pending, sum;

static struct job *take(void)
{
	struct job *job;

	mutex_lock(&lock);
	job = list_first_entry_or_null(&jobs, struct job, list);
	if (job)
		list_del(&job->list);
	mutex_unlock(&lock);
	return job;
}

static int work(void *unused)
{
	struct job *job;

	while (!kthread_should_stop()) {
		wait_event_interruptible(wait, kthread_should_stop() || READ_ONCE(pending));
		while ((job = take())) {
			mutex_lock(&lock);
			sum += job->number;
			pending--;
			mutex_unlock(&lock);
			kfree(job);
			wake_up(&wait);
		}
	}
	return 0;
}

static ssize_t worker_thread_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	char text[24];
	int length;

	if (wait_event_interruptible(wait, !READ_ONCE(pending)))
		return -ERESTARTSYS;
	mutex_lock(&lock);
	length = snprintf(text, sizeof(text), "%ld\n", sum);
	mutex_unlock(&lock);
	return simple_read_from_buffer(to, size, at, text, length);
}

static ssize_t worker_thread_write(
	struct file *file, const char __user *from, size_t size, loff_t *at)
{
	struct job *job = kmalloc(sizeof(*job), GFP_KERNEL);
	int error;

	if (!job)
		return -ENOMEM;
	error = kstrtol_from_user(from, size, 0, &job->number);
	if (error) {
		kfree(job);
		return error;
	}
	mutex_lock(&lock);
	list_add_tail(&job->list, &jobs);
	pending++;
	mutex_unlock(&lock);
	wake_up(&wait);
	return size;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.read = worker_thread_read,
	.write = worker_thread_write,
	.llseek = default_llseek,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "ks_worker",
	.fops = &operations,
};

static int __init worker_thread_init(void)
{
	int error;

	worker = kthread_run(work, NULL, "ks_worker");
	if (IS_ERR(worker))
		return PTR_ERR(worker);
	error = misc_register(&device);
	if (error)
		kthread_stop(worker);
	return error;
}

static void __exit worker_thread_exit(void)
{
	struct job *job;

	misc_deregister(&device);
	kthread_stop(worker);
	while ((job = take()))
		kfree(job);
}

module_init(worker_thread_init);
module_exit(worker_thread_exit);
MODULE_LICENSE("Dual MIT/GPL");
