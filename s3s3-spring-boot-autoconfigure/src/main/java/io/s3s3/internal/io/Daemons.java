package io.s3s3.internal.io;

import java.util.concurrent.ThreadFactory;

/**
 * Creates background threads that do not keep the JVM from exiting.
 */
public final class Daemons {

	private Daemons() {
	}

	/**
	 * Create a factory of daemon threads of the same name.
	 * @param name the name
	 * @return the factory
	 */
	public static ThreadFactory named(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

}
