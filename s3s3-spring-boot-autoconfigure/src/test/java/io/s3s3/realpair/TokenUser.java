package io.s3s3.realpair;

import java.io.IOException;

/**
 * Writes and reads after what others have told of a key.
 */
interface TokenUser {

	/** In place of a token, where there is none yet. */
	String NONE = "";

	/** In place of a value that cannot be read. */
	String REFUSED = "refused";

	/** In place of what was not done for some other reason. */
	String FAILED = "failed";

	/**
	 * Write a value.
	 * @param token of the last write of the key
	 * @return the token of this write
	 */
	String put(String key, String value, String token) throws IOException;

	/**
	 * Read a value.
	 * @param token of the last write of the key
	 */
	String get(String key, String token) throws IOException;

}
