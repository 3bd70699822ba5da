package io.s3s3.internal.io;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads that work in the background and do not keep the JVM from ending.
 */
public final class Daemons {

	private Daemons() {
	}

	/**
	 * Create a factory of daemon threads of one name.
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
