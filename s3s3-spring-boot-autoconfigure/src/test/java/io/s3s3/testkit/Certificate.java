package io.s3s3.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that signed itself, made by the JDK's keytool.
 */
final class Certificate implements AutoCloseable {

	private static final String PASSWORD = "changeit";

	private static final List<String> TRUST = List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword");

	private final Path keyStore;

	private Certificate(Path keyStore) {
		this.keyStore = keyStore;
	}

	static Certificate forName(String name) {
		try {
			Path keyStore = Files.createTempDirectory("certificate").resolve("keystore.p12");
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", "server", "-keyalg", "EC", "-storetype", "PKCS12", "-storepass", PASSWORD,
					"-keystore", keyStore.toString(), "-dname", "CN=" + name, "-ext", "san=dns:" + name)
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (keytool.waitFor() != 0) {
				throw new IllegalStateException("keytool failed with " + keytool.exitValue());
			}
			return new Certificate(keyStore);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Let all TLS clients that this process makes from now on trust it.
	 * @return this certificate
	 */
	Certificate trusted() {
		System.setProperty(TRUST.get(0), this.keyStore.toString());
		System.setProperty(TRUST.get(1), PASSWORD);
		return this;
	}

	ServerSocket listen() {
		try (InputStream in = Files.newInputStream(this.keyStore)) {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(in, PASSWORD.toCharArray());
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, PASSWORD.toCharArray());
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), null, null);
			return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		TRUST.forEach(System::clearProperty);
		Files.delete(this.keyStore);
		Files.delete(this.keyStore.getParent());
	}

}
